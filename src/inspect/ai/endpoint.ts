import { EXIT, Refusal } from '../../core/refusal.ts';

/** Where a model is asked, and with what key. */
export interface Endpoint {
  url: URL;
  /** Null where none is needed. */
  key: string | null;
  model: string;
  timeout_s: number;
}

const HOW =
  'Name an OpenAI-compatible one, such as --ai-url http://127.0.0.1:11434/v1 --model llama3.2 or --ai-url https://openrouter.ai/api/v1';
const KEYS = ['WARD_AI_KEY', 'OPENROUTER_API_KEY'] as const;
const PUT_IT = `Put it in the environment, as ${KEYS.join(' or ')}.`;

/** What the words say of the endpoint. */
export interface AskedEndpoint {
  url: string | null;
  model: string | null;
  timeout_s: number;
}

/** Reads where to ask; throws a Refusal that says how to name it. A key is taken from the environment only, and never sent in the clear. */
export function endpointOf({ url, model, timeout_s }: AskedEndpoint, env: NodeJS.ProcessEnv): Endpoint {
  if (url === null) throw refusal('--ai has nobody to ask: no endpoint is named', HOW);
  const parsed = urlOf(url);
  if (model === null) throw refusal('--ai needs to know which model to ask', 'Name one that the endpoint has: --model NAME');
  const key = KEYS.map((name) => env[name]?.trim() ?? '').find((value) => value !== '') ?? null;
  if (!isLocal(parsed)) checkFar(parsed, key);
  return { url: completions(parsed), key, model, timeout_s };
}

function urlOf(url: string): URL {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) throw refusal(`--ai-url takes an http or https URL, not "${shown(url)}"`, HOW);
  if (parsed.username + parsed.password !== '') throw refusal('a key in --ai-url can be read by everybody on this machine', PUT_IT);
  return parsed;
}

/** What leaves this machine goes encrypted, and to somebody who knows whose it is. */
function checkFar({ host, protocol }: URL, key: string | null): void {
  if (protocol === 'http:') {
    throw new Refusal(EXIT.notAllowed, `${host} would get what ward knows, and the key, in the clear`, {
      next: 'Use https, or a model on this machine.',
    });
  }
  if (key === null) throw refusal(`no key is there for ${host}`, PUT_IT);
}

function refusal(message: string, next: string): Refusal {
  return new Refusal(EXIT.usage, message, { next });
}

/** A URL may hold a key where it is no URL that can be read. */
function shown(url: string): string {
  return url.replace(/\/\/.*@/, '//[hidden]@').slice(0, 80);
}

function isLocal({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** `https://host/v1` and `https://host/v1/chat/completions` mean the same. */
function completions(url: URL): URL {
  const path = url.pathname.replace(/\/+$/, '');
  const whole = new URL(url);
  whole.pathname = path.endsWith('/chat/completions') ? path : `${path}/chat/completions`;
  return whole;
}
