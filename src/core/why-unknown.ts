import type { NodeSnapshot } from './snapshot.ts';

/** What stands in front of a reason: the question, as `http GET http://127.0.0.1:5001 /status` or `exchange HOST:PORT "PING\r\n" "\r\n"`. */
const QUESTION = /^(?:http \S+ \S+ \S+|exchange \S+(?: ".*\\r\\n")?|(?:read|stat|unit) \S+): /;

/** Why a field of a node's report is not known, without the question; for sentences that name the question elsewhere. */
export function whyUnknown({ report }: NodeSnapshot, path: string): string {
  const reason = report?.unknown.find((entry) => entry.path === path)?.reason ?? 'no reason is known';
  return reason.replace(QUESTION, '');
}
