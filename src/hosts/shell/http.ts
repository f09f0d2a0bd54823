import type { HttpAnswer, Question } from '../../core/host.ts';
import { failed, notAsked, timedOut, Unknown } from '../../core/unknown.ts';
import { DEADLINES, MIB, mib, seconds } from '../local/limits.ts';
import { httpPlace } from '../local/places.ts';
import { lacking, reasonIn } from './reason.ts';
import { type RanBytes, runForBytes, runThere } from './run.ts';
import type { Shell } from './shell.ts';
import { wgetAnswer, wgetWords, whyNotByWget } from './wget.ts';

const MOST_BYTES = 4 * MIB;

/** One request, made by curl, or by wget where there is none and what is asked is in its power. */
export function http(shell: Shell): (question: Question<'http'>) => Promise<HttpAnswer | Unknown> {
  return async (question) => {
    const unix = question.to.startsWith('unix:');
    if (!unix && httpPlace(question.to) === null)
      return notAsked('failed', `${question.to} is no http://HOST:PORT, no https://HOST:PORT and no unix:PATH`);
    const ms = shell.left(DEADLINES.http);
    const tools = await shell.tools();
    if (tools instanceof Unknown) return tools;
    const answer = curlAnswer(question, ms);
    if (tools.programs.has('curl')) return answer(await ran(shell, ['curl', ...curlWords(question, ms)], question, ms));
    const why = unix || !tools.programs.has('wget') ? lacking('curl') : whyNotByWget(question);
    return (
      why ?? wgetAnswer(await ran(shell, ['wget', ...wgetWords(question, ms, tools.gnu_wget)], question, ms), question, tools.gnu_wget)
    );
  };
}

/** What is text comes as it is; for bytes each counts. */
async function ran(
  shell: Shell,
  [program, ...words]: [string, ...string[]],
  { as }: Question<'http'>,
  ms: number,
): Promise<RanBytes | Unknown> {
  const limits = { ms, bytes: MOST_BYTES };
  const answer = as === 'bytes' ? await runForBytes(shell, program, words, limits) : await runThere(shell)(program, words, limits);
  if (!(answer instanceof Unknown)) return { ...answer, stdout: Buffer.from(answer.stdout) };
  if (answer.kind === 'timeout') return timedOut(`no whole answer within ${seconds(ms)}`);
  return answer.reason === `more than ${mib(MOST_BYTES)} of output` ? failed(`an answer of more than ${mib(MOST_BYTES)}`) : answer;
}

/** Nothing of the person's own settings, no proxy, no second request; and no header that tells of us. */
function curlWords({ method, to, path, body }: Question<'http'>, ms: number): string[] {
  const unix = to.startsWith('unix:');
  const secure = to.startsWith('https:');
  const origin = unix ? 'http://localhost' : to.replace(/\/$/, '');
  return [
    ...['-q', '-sS', '-v', '-g', '--path-as-is', '--http1.1', '--noproxy', '*', '-A', '', '-H', 'Accept:', '-H', 'Expect:'],
    ...['--max-time', (ms / 1000).toFixed(3), '-X', method],
    ...(unix ? ['--unix-socket', to.slice('unix:'.length)] : []),
    ...(body !== ''
      ? ['-H', 'Content-Type: application/json', '--data-raw', body]
      : method === 'GET'
        ? []
        : ['-H', 'Content-Type:', '--data-raw', '']),
    ...(secure ? ['--proto', '=https'] : ['--proto', '=http']),
    ...['-w', '%{stderr}\\nanswered %{http_code} %{time_total}', '--', `${origin}${path}`],
  ];
}

/** curl(1), "EXIT CODES". What it says at length tells which part of connecting failed; a line of the server's own begins otherwise. */
function curlAnswer({ as = '' }: Question<'http'>, ms: number): (answer: RanBytes | Unknown) => HttpAnswer | Unknown {
  return (answer) => {
    if (answer instanceof Unknown) return answer;
    if (answer.exit !== 0) return curlFailure(answer, ms);
    // Where the connection ends in the head, curl takes that for the end of the head.
    if (!/^< \r?$/m.test(answer.stderr)) return failed('the answer broke off');
    const [, status, took] = /\nanswered (\d{3}) ([\d.]+)$/.exec(answer.stderr) ?? [];
    if (status === undefined) return failed('its curl does not say how it was answered');
    const timed = as === 'timed' ? { took_ms: Math.round(Number(took) * 10_000) / 10 } : {};
    return { status: Number(status), body: answer.stdout.toString(as === 'bytes' ? 'latin1' : 'utf8'), ...timed };
  };
}

function curlFailure({ exit, stderr }: RanBytes, ms: number): Unknown {
  const own = stderr.split('\n').filter((line) => /^(?:\*|curl: )/.test(line));
  const said = own.findLast((line) => line.startsWith('curl: '))?.replace(/^curl: \(\d+\) /, '') ?? `curl ended with ${exit}`;
  const known = FAILURES.get(exit);
  if (known !== undefined) return failed(known);
  if (exit === 7) return reasonIn(own.join('\n')) ?? failed(said);
  if (exit === 28) return timedOut(`no whole answer within ${seconds(ms)}`);
  return failed(tlsFailure(exit, said) ?? said);
}

function tlsFailure(exit: number, said: string): string | null {
  if (exit === 35) return `the TLS handshake failed: ${/error:[0-9A-F]+:[^:]*:[^:]*:(.+)$/i.exec(said)?.[1] ?? said}`;
  return exit === 60 ? `the certificate is not trusted (${said.replace(/^SSL certificate problem: /, '')})` : null;
}

const FAILURES = new Map([
  [1, 'what answers there does not speak HTTP'],
  [6, 'no host has this name'],
  [8, 'what answers there does not speak HTTP'],
  [18, 'the answer broke off'],
  [52, 'the connection was cut'],
  [56, 'the answer broke off'],
]);
