import type { Readable } from 'node:stream';

/** The text of a file, a pipe or a terminal; null as soon as it turns out to be longer than so many bytes, and then no more of it is read. */
export async function textWithin(from: Readable, most_bytes: number): Promise<string | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of from) {
    parts.push(Buffer.from(part as Buffer));
    bytes += (part as Buffer).length;
    if (bytes > most_bytes) return null;
  }
  return Buffer.concat(parts).toString('utf8');
}
