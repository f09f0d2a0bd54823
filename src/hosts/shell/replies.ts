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
const MOST_BYTES = 40 * 1024 * 1024;
const MOST_PARTS = 5_000;

/**
 * Cuts what a shell sends into its answers: each part ends with a line of nonce, number and tag, and a tag that is a number ends the answer. Throws where more
 * comes than any answer has, and where the line is none.
 */
export function replies(nonce: string, take: (reply: Reply) => void): (chunk: Buffer) => void {
  const mark = Buffer.from(`\n${nonce} `);
  const unread = unreadBytes();
  let parts: Part[] = [];
  let taken = 0;
  /** The part that ends next; null while it is not whole. */
  const next = (): { id: number; part: Part } | null => {
    const at = unread.find(mark);
    const end = at < 0 ? -1 : unread.find('\n', at + mark.length);
    if (end < 0) return null;
    const [id = '', ...tag] = unread.text(at + mark.length, end).split(' ');
    if (!/^\d+$/.test(id)) throw new Error('the shell there sends a line that ends no answer');
    return { id: Number(id), part: { bytes: unread.take(at, end + 1), tag: tag.join(' ') } };
  };
  return (chunk) => {
    unread.add(chunk);
    taken += chunk.length;
    if (taken > MOST_BYTES) throw withoutEnd();
    for (let found = next(); found !== null; found = next()) {
      if (parts.push(found.part) > MOST_PARTS) throw withoutEnd();
      if (!/^\d+$/.test(found.part.tag)) continue;
      const whole = parts;
      parts = [];
      taken = unread.length();
      take({ id: found.id, parts: whole });
    }
  };
}

const withoutEnd = () => new Error('the shell there sends an answer without end');

/** Bytes that come in pieces and are taken from their front; what was searched in vain is not searched again. */
function unreadBytes() {
  let bytes: Buffer = Buffer.alloc(64 * 1024);
  let [start, end, searched] = [0, 0, 0];
  return {
    length: () => end - start,
    add(chunk: Buffer): void {
      const kept = bytes.subarray(start, end);
      if (end + chunk.length > bytes.length) {
        const room =
          kept.length + chunk.length <= bytes.length ? bytes : Buffer.alloc(Math.max(kept.length + chunk.length, bytes.length * 2));
        kept.copy(room);
        [bytes, searched, end, start] = [room, searched - start, kept.length, 0];
      }
      end += chunk.copy(bytes, end);
    },
    /** Where it begins, from a place on or from where the last search ended; -1 where it is not there yet. */
    find(what: Buffer | string, from = searched): number {
      const at = bytes.subarray(0, end).indexOf(what, Math.max(from, start));
      if (typeof what !== 'string') searched = at < 0 ? Math.max(start, end - what.length) : at;
      return at;
    },
    text: (from: number, to: number) => bytes.toString('utf8', from, to),
    /** A copy of all before a place; what lies before the second one is gone then. */
    take(at: number, next: number): Buffer {
      const taken = Buffer.from(bytes.subarray(start, at));
      [start, searched] = [next, next];
      return taken;
    },
  };
}
