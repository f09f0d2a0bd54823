import { denied, failed, unparsed } from '../../core/unknown.ts';

/** A reply of the Redis protocol (RESP 2): text, number, list, or null. */
export type Reply = string | number | null | readonly Reply[];

/** An error that the server replied with. */
interface Refused {
  refused: string;
}

const MOST_DEPTH = 8;

/** Reads replies one after another from what a server sent; throws an Unknown where it breaks off or is something else. */
export function replies(text: string): () => Reply {
  const bytes = new TextEncoder().encode(text);
  const read = reader(bytes);
  return () => {
    const reply = read(0);
    if (isRefused(reply)) throw refusal(reply.refused);
    return reply;
  };
}

function isRefused(reply: Reply | Refused): reply is Refused {
  return typeof reply === 'object' && reply !== null && 'refused' in reply;
}

function refusal(message: string) {
  return /^(NOAUTH|WRONGPASS|NOPERM)/.test(message)
    ? denied('it answers only to those who know its password')
    : failed(`it answered "${message.slice(0, 80)}"`);
}

function reader(bytes: Uint8Array): (depth: number) => Reply | Refused {
  const decoder = new TextDecoder();
  let at = 0;
  const line = () => {
    const end = bytes.indexOf(13, at);
    if (end === -1 || bytes[end + 1] !== 10) throw unparsed('the answer breaks off');
    const text = decoder.decode(bytes.subarray(at, end));
    at = end + 2;
    return text;
  };
  const bulk = (length: number) => {
    if (length === -1) return null;
    if (at + length + 2 > bytes.length || bytes[at + length] !== 13) throw unparsed('a text of the answer has another length than it says');
    const text = decoder.decode(bytes.subarray(at, at + length));
    at += length + 2;
    return text;
  };
  const list = (length: number, depth: number): Reply => {
    if (length === -1) return null;
    if (depth > MOST_DEPTH || length > bytes.length) throw unparsed('a list of the answer is deeper or longer than the answer');
    return Array.from({ length }, () => {
      const item = read(depth + 1);
      if (isRefused(item)) throw refusal(item.refused);
      return item;
    });
  };
  const read = (depth: number): Reply | Refused => {
    const head = line();
    const rest = head.slice(1);
    switch (head[0]) {
      case '+':
        return rest;
      case '-':
        return { refused: rest };
      case ':':
        return numberIn(rest);
      case '$':
        return bulk(numberIn(rest));
      case '*':
        return list(numberIn(rest), depth);
      default:
        throw unparsed('what answers there does not speak the Redis protocol');
    }
  };
  return read;
}

/** Numbers of 64 bits lose their last digits: times in nanoseconds are good to a microsecond. */
function numberIn(text: string): number {
  if (!/^-?\d{1,20}$/.test(text)) throw unparsed('a number of the answer is none');
  return Number(text);
}
