import { createHash } from 'node:crypto';
import { FRAME_WORD } from './frame.ts';

/** What was found in a node's output. */
export type Framed =
  | { kind: 'whole'; payload: string; exit: number; noise: string }
  /** The connection or the agent ended in the middle. */
  | { kind: 'truncated'; at_bytes: number; of_bytes: number; noise: string }
  /** A frame of another request. */
  | { kind: 'replay'; noise: string }
  /** Whole by its length, but not what the agent sent. */
  | { kind: 'damaged'; noise: string }
  | { kind: 'none'; noise: string };

/** Finds the frame of this nonce in what a node printed. */
export function readFrame(output: Buffer, nonce: string): Framed {
  const own = headOf(output, nonce);
  if (own === null) {
    const other = new RegExp(`^${FRAME_WORD} \\S{1,64} \\d{1,12} [0-9a-f]{64} \\d{1,3}\\n`, 'm').exec(output.toString('latin1'));
    return { kind: other === null ? 'none' : 'replay', noise: noiseOf(output, other?.index ?? output.length) };
  }
  const { at, start, length, digest, exit } = own;
  const noise = noiseOf(output, at);
  const payload = output.subarray(start, start + length);
  if (payload.length < length) return { kind: 'truncated', at_bytes: payload.length, of_bytes: length, noise };
  if (createHash('sha256').update(payload).digest('hex') !== digest) return { kind: 'damaged', noise };
  return { kind: 'whole', payload: payload.toString('utf8'), exit, noise };
}

/** Longer than any first line of a frame. */
const LONGEST_HEAD = 256;

/** The first line of this nonce's frame: only where its beginning stands is the output read as text. */
function headOf(output: Buffer, nonce: string): { at: number; start: number; length: number; digest: string; exit: number } | null {
  const begin = `${FRAME_WORD} ${nonce} `;
  for (let at = output.indexOf(begin); at !== -1; at = output.indexOf(begin, at + 1)) {
    if (at > 0 && output[at - 1] !== LINE_END) continue;
    const found = /^\S+ \S+ (\d{1,12}) ([0-9a-f]{64}) (\d{1,3})\n/.exec(output.toString('latin1', at, at + LONGEST_HEAD));
    if (found === null) continue;
    const [line, length, digest = '', exit] = found;
    return { at, start: at + line.length, length: Number(length), digest, exit: Number(exit) };
  }
  return null;
}

const LINE_END = 0x0a;

/** Gathers a channel's output until the frame of this nonce has ended; then gives what was found in all of it, and else null. */
export function frameUntilEnd(nonce: string): { add(chunk: Buffer): Framed | null; bytes(): number; all(): Buffer } {
  const end = Buffer.from(`\n${FRAME_WORD} ${nonce} end\n`);
  const chunks: Buffer[] = [];
  let bytes = 0;
  let tail: Buffer = Buffer.alloc(0);
  return {
    add(chunk) {
      chunks.push(chunk);
      bytes += chunk.length;
      // The end may lie across two pieces; only where it can begin is looked at, however much came before.
      const seam = Buffer.concat([tail, chunk.subarray(0, end.length - 1)]);
      const found = chunk.includes(end) || seam.includes(end);
      tail = (chunk.length < end.length ? seam : chunk).subarray(1 - end.length);
      return found ? readFrame(chunks.length === 1 ? chunk : Buffer.concat(chunks), nonce) : null;
    },
    bytes: () => bytes,
    all: () => Buffer.concat(chunks),
  };
}

function noiseOf(output: Buffer, end: number): string {
  return output.subarray(0, end).toString('utf8').trim();
}
