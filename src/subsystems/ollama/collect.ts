import { type Ask, present } from '../../core/ask.ts';
import { jsonBody } from '../../core/http-body.ts';
import type { Json } from '../../core/json.ts';
import { anySign, serverOf, works } from '../../core/presence.ts';
import type { Profile } from '../../core/profile.ts';
import { type AskedSection, type Fields, when } from '../../core/section.ts';
import { absent, unparsed } from '../../core/unknown.ts';
import type { Loaded, Model, Ollama } from './section.ts';

/** Ollama's models on the disk and in memory, asked only where its port listens. */
export function collect(ask: Ask, { ollama: { units, http } }: Profile): AskedSection<Ollama> {
  const { unit, place } = serverOf(ask, units, http);
  const asks = <T>(path: string, parse: (told: Json) => T) =>
    ask.after(place, (to) => ask.http({ to: `http://${to}`, path }, (answer) => parse(jsonBody(answer))));
  const version = asks('/api/version', (told) => told.at('version').text);
  const models = asks('/api/tags', listOf);
  const loaded = asks('/api/ps', listOf);
  const memory = ask.read('/proc/meminfo', availableBytes);
  const clock = ask.clock();
  const now_s = () => clock().unix_ms / 1000;

  return when<Ollama>(
    () => anySign([() => present(unit), () => present(place) && works(version)], `no unit of Ollama, and no Ollama at ${http}`),
    {
      responsive: () => present(place) && works(version),
      version,
      models: () => models().map((each) => modelFields(each, now_s)),
      loaded: () => loaded().map((each) => loadedFields(each, now_s)),
      memory_available_bytes: memory,
    },
  );
}

/** Both lists stand under `models`; an empty one may be null. */
function listOf(told: Json): Json[] {
  const models = told.at('models');
  return models.given ? models.list : [];
}

function modelFields(told: Json, now_s: () => number): Fields<Model> {
  const detail = (name: string) => {
    const { value } = told.at('details', name);
    return typeof value === 'string' ? value : '';
  };
  return {
    name: told.at('name').text,
    size_bytes: told.at('size').number,
    parameters: detail('parameter_size'),
    quantization: detail('quantization_level'),
    modified_sec: () => Math.max(0, Math.round(now_s() - unixSeconds(told.at('modified_at')))),
  };
}

function loadedFields(told: Json, now_s: () => number): Fields<Loaded> {
  const vram = told.at('size_vram');
  return {
    name: told.at('name').text,
    size_bytes: told.at('size').number,
    vram_bytes: vram.given ? vram.number : 0,
    expires_sec: () => expiresIn(unixSeconds(told.at('expires_at')) - now_s()),
  };
}

const YEAR_S = 365 * 86_400;

/** One that stays for good has an end centuries away. */
function expiresIn(seconds: number): number {
  if (seconds > YEAR_S) throw absent('it stays until somebody unloads it');
  return Math.max(0, Math.round(seconds));
}

function unixSeconds(at: Json): number {
  const ms = Date.parse(at.text);
  if (Number.isNaN(ms)) throw unparsed(`${at.path} is no time`);
  return ms / 1000;
}

function availableBytes(text: string): number {
  const [, kib] = /^MemAvailable:\s+(\d+) kB$/m.exec(text) ?? [];
  if (kib === undefined) throw unparsed('no line MemAvailable');
  return Number(kib) * 1024;
}
