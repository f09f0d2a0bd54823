import type { HttpAnswer } from './host.ts';
import { type Json, json } from './json.ts';
import { denied, failed } from './unknown.ts';

/** The body of an answer that says it worked; denied where a user and password are wanted, else failed with the body's first line. */
export function goodBody({ status, body }: HttpAnswer): string {
  if (status >= 200 && status < 300) return body;
  if (status === 401 || status === 403) throw denied(`it answers only to users that it knows (status ${status})`);
  const line = body.trim().split('\n', 1)[0]?.slice(0, 80) ?? '';
  throw failed(`status ${status}${line === '' ? '' : `, ${line}`}`);
}

/** The JSON of an answer that says it worked. */
export function jsonBody(answer: HttpAnswer): Json {
  return json(goodBody(answer));
}
