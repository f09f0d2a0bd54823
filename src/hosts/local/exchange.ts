import type { Question } from '../../core/host.ts';
import { failed, timedOut, Unknown } from '../../core/unknown.ts';
import { builtin } from './builtin.ts';
import { failureOf } from './failure.ts';
import { withFiles } from './file-in-words.ts';
import { MIB, mib, seconds } from './limits.ts';
import { placeOf } from './places.ts';

const MOST_BYTES = 4 * MIB;

/** Connects, sends, and reads up to the text that is waited for; with none, being taken in is the answer, an empty one. */
export async function exchange({ to, send, until }: Question<'exchange'>, ms: number): Promise<string | Unknown> {
  const sent = withFiles(send);
  if (sent instanceof Unknown) return sent;
  const [{ connect }, place] = await Promise.all([builtin('node:net'), placeOf(to, ms)]);
  return new Promise((resolve) => {
    const socket = connect(place);
    const timer = setTimeout(() => end(timedOut(`no answer within ${seconds(ms)}`)), ms);
    const text = textUpTo(until);
    const end = (answer: string | Unknown) => {
      clearTimeout(timer);
      resolve(answer);
      socket.destroy();
    };
    socket.setEncoding('utf8');
    socket.on('connect', () => {
      if (sent !== '') socket.write(sent, () => until === '' && end(''));
      else if (until === '') end('');
    });
    socket.on('data', (chunk: string) => {
      if (until === '') return;
      const whole = text.add(chunk);
      if (whole !== null) end(whole);
      else if (text.length() > MOST_BYTES) end(failed(`more than ${mib(MOST_BYTES)} without the end that was waited for`));
    });
    socket.on('error', (error) => end(failureOf(error)));
    socket.on('close', () => end(failed('the connection was closed before the whole answer came')));
  });
}

/** Gathers pieces up to a text that may lie across two of them; only where it can begin is looked at, however much came before. */
function textUpTo(until: string) {
  const pieces: string[] = [];
  let length = 0;
  let tail = '';
  return {
    length: () => length,
    /** The whole up to and with the text, once it came. */
    add(piece: string): string | null {
      pieces.push(piece);
      length += piece.length;
      const searched = tail + piece;
      const at = searched.indexOf(until);
      tail = searched.slice(Math.max(0, searched.length - until.length + 1));
      return at < 0 ? null : pieces.join('').slice(0, length - searched.length + at + until.length);
    },
  };
}
