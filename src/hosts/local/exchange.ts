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
    let text = '';
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
      const from = Math.max(0, text.length - until.length);
      text += chunk;
      const at = text.indexOf(until, from);
      if (at >= 0) end(text.slice(0, at + until.length));
      else if (text.length > MOST_BYTES) end(failed(`more than ${mib(MOST_BYTES)} without the end that was waited for`));
    });
    socket.on('error', (error) => end(failureOf(error)));
    socket.on('close', () => end(failed('the connection was closed before the whole answer came')));
  });
}
