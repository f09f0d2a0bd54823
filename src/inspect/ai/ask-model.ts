import type { Endpoint } from './endpoint.ts';
import { events } from './events.ts';
import type { ModelRequest } from './requests.ts';

/** A model that thinks it must write a book is stopped. */
const LONGEST_ANSWER = 200_000;
const LONGEST_ERROR = 200;

/** Why a model gave no answer or only part of one, in a sentence without its first capital. */
export class ModelFailure extends Error {}

/** The answer in pieces as the model writes it. Throws a ModelFailure; what came before it stands. */
export async function* askModel({ url, key, timeout_s }: Endpoint, { body }: ModelRequest, signal: AbortSignal): AsyncGenerator<string> {
  const timeout = AbortSignal.timeout(timeout_s * 1000);
  try {
    const response = await fetch(url, {
      method: 'POST',
      // The key and the data go to whom was named, and to nobody else.
      redirect: 'error',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.any([signal, timeout]),
    });
    if (!response.ok || response.body === null) throw new ModelFailure(await refused(response));
    if (response.headers.get('content-type')?.includes('application/json') === true) yield await wholeAnswer(response);
    else yield* streamed(response.body);
  } catch (error) {
    if (error instanceof ModelFailure) throw error;
    if (timeout.aborted) throw new ModelFailure(`no whole answer came within ${timeout_s} s`);
    throw new ModelFailure(signal.aborted ? 'it was interrupted' : `${url.host} could not be asked: ${reasonOf(error)}`);
  }
}

async function* streamed(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let length = 0;
  let ended = false;
  for await (const data of events(body)) {
    if (data === '[DONE]') return;
    const { text, error, finished } = pieceOf(data);
    if (error !== null) throw new ModelFailure(`the model broke off: ${error}`);
    length += text.length;
    if (length > LONGEST_ANSWER) throw new ModelFailure(`the answer is longer than ${LONGEST_ANSWER} characters, and was cut`);
    ended ||= finished;
    if (text !== '') yield text;
  }
  if (!ended) throw new ModelFailure('the answer broke off before its end');
}

interface Piece {
  choices?: { delta?: { content?: unknown }; message?: { content?: unknown }; finish_reason?: unknown }[];
  error?: { message?: unknown };
}

function pieceOf(data: string): { text: string; error: string | null; finished: boolean } {
  const { choices, error } = parsed(data);
  const choice = Array.isArray(choices) ? choices[0] : undefined;
  const content = (choice?.delta ?? choice?.message)?.content;
  return {
    text: typeof content === 'string' ? content : '',
    error: isGiven(error) ? short(error.message) : null,
    finished: isGiven(choice?.finish_reason),
  };
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== undefined && value !== null;
}

function parsed(text: string): Piece {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Said below, like anything else that is no answer.
  }
  throw new ModelFailure('what came is no answer of a model');
}

/** Of an endpoint that does not stream. */
async function wholeAnswer(response: Response): Promise<string> {
  const { text, error } = pieceOf((await response.text()).slice(0, LONGEST_ANSWER * 2));
  if (error !== null) throw new ModelFailure(`the endpoint refused: ${error}`);
  return text.slice(0, LONGEST_ANSWER);
}

async function refused(response: Response): Promise<string> {
  const text = (await response.text().catch(() => '')).slice(0, LONGEST_ANSWER);
  const wait = response.headers.get('retry-after');
  const said = text.startsWith('{') ? saidIn(text) : '';
  if (response.status === 401 || response.status === 403) return `the endpoint does not take the key (status ${response.status})${said}`;
  if (response.status === 429)
    return `the endpoint is asked too often (status 429)${wait === null ? '' : `; again in ${short(wait)} s`}${said}`;
  return `the endpoint answered with status ${response.status}${said}`;
}

function saidIn(text: string): string {
  try {
    return `: ${short((JSON.parse(text) as Piece).error?.message)}`;
  } catch {
    return '';
  }
}

function short(text: unknown): string {
  return typeof text === 'string' ? text.slice(0, LONGEST_ERROR) : 'it does not say why';
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as Error;
  const { code, message: why } = (cause ?? {}) as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED') return 'nothing listens there';
  return why ?? code ?? message;
}
