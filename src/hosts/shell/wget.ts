import type { HttpAnswer, Question } from '../../core/host.ts';
import { failed, notAsked, timedOut, Unknown } from '../../core/unknown.ts';
import { reasonIn } from './reason.ts';
import type { RanBytes } from './run.ts';

/** GNU's wget, or busybox's, which knows much less. */
export function wgetWords({ to, path, body }: Question<'http'>, ms: number, gnu: boolean): string[] {
  const gnuOnly = [
    '--no-config',
    '--no-proxy',
    '--tries=1',
    '--max-redirect=0',
    '--content-on-error',
    '--no-hsts',
    '--header=Content-Type: application/json',
  ];
  return [
    ...['-q', '-S', '-O', '-', '-T', String(Math.ceil(ms / 1000)), '-U', ''],
    ...(gnu ? gnuOnly : []),
    ...(body === '' ? [] : [`--post-data=${body}`]),
    ...['--', `${to.replace(/\/$/, '')}${path}`],
  ];
}

/** What wget cannot ask; null where it can. */
export function whyNotByWget({ method, body }: Question<'http'>): Unknown | null {
  const can = method === 'GET' || (method === 'POST' && body !== '');
  return can
    ? null
    : notAsked('failed', 'nothing can ask that from its shell: curl is not installed there, and wget makes no such request');
}

/** The status stands in the headers that it prints. busybox's gives no body of an error, so that is no answer. */
export function wgetAnswer(ran: RanBytes | Unknown, { as = '' }: Question<'http'>, gnu: boolean): HttpAnswer | Unknown {
  if (ran instanceof Unknown) return ran;
  const status = statusIn(ran.stderr);
  if (status === null) return whyNoStatus(ran);
  // 8: the server answered with an error, which is an answer.
  const whole = ran.exit === 0 || (gnu && ran.exit === 8);
  if (whole) return { status, body: ran.stdout.toString(as === 'bytes' ? 'latin1' : 'utf8') };
  return failed(gnu ? 'the answer broke off' : `it answers with status ${status}, and its wget gives no body of that`);
}

function statusIn(stderr: string): number | null {
  const status = [...stderr.matchAll(/(?:^ *|server returned error: )HTTP\/1\.[01] (\d{3})/gm)].at(-1)?.[1];
  return status === undefined ? null : Number(status);
}

function whyNoStatus({ exit, stderr }: RanBytes): Unknown {
  if (/timed out/.test(stderr)) return timedOut('no whole answer came in time');
  return reasonIn(stderr) ?? failed(`wget ended with ${exit}, and no status came`);
}
