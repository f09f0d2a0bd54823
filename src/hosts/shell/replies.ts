/** A part of an answer: its bytes, and the word that ended it. */
export interface Part {
  bytes: Buffer;
  tag: string;
}

/** What the shell answered to one question: the last part is ended by the exit code. */
export interface Reply {
  id: number;
  parts: readonly Part[];
}

/** What one answer may have at most: more than any question allows. */
const MOST_BYTES = 80 * 1024 * 1024;

/**
 * Cuts what a shell sends into its answers: each part ends with a line of nonce, number and tag, and a tag that is a number ends the answer. Throws where more
 * comes than any answer has, and where the line is none.
 */
export function replies(nonce: string, take: (reply: Reply) => void): (chunk: Buffer) => void {
  const mark = Buffer.from(`\n${nonce} `);
  let bytes: Buffer = Buffer.alloc(64 * 1024);
  let length = 0;
  let searched = 0;
  let parts: Part[] = [];
  /** The part that ends next, and how many bytes it took with its line; null while it is not whole. */
  const next = (): { id: number; part: Part; taken: number } | null => {
    const at = bytes.subarray(0, length).indexOf(mark, searched);
    searched = Math.max(0, at < 0 ? length - mark.length : at);
    const end = at < 0 ? -1 : bytes.subarray(0, length).indexOf('\n', at + mark.length);
    if (end < 0) return null;
    const [id = '', ...tag] = bytes.toString('utf8', at + mark.length, end).split(' ');
    if (!/^\d+$/.test(id)) throw new Error('a line that ends no answer');
    return { id: Number(id), part: { bytes: Buffer.from(bytes.subarray(0, at)), tag: tag.join(' ') }, taken: end + 1 };
  };
  return (chunk) => {
    if (length + chunk.length > MOST_BYTES) throw new Error('an answer without end');
    bytes = withRoom(bytes, length + chunk.length);
    length += chunk.copy(bytes, length);
    for (let found = next(); found !== null; found = next()) {
      bytes.copyWithin(0, found.taken, length);
      length -= found.taken;
      searched = 0;
      parts.push(found.part);
      if (!/^\d+$/.test(found.part.tag)) continue;
      take({ id: found.id, parts });
      parts = [];
    }
  };
}

function withRoom(bytes: Buffer, length: number): Buffer {
  if (length <= bytes.length) return bytes;
  const larger = Buffer.alloc(Math.max(length, bytes.length * 2));
  bytes.copy(larger);
  return larger;
}
