import type { Answer, Ask } from '../../core/ask.ts';
import type { HttpAnswer, HttpWish } from '../../core/host.ts';
import { type Json, json } from '../../core/json.ts';
import { type Inspected, inspectedIn } from './inspected.ts';
import { absent, denied, failed } from '../../core/unknown.ts';

/** What the engine says of itself. */
export interface Version {
  name: string;
  version: string;
  api_version: string;
}

/** A container as the engine's list has it. */
export interface Listed {
  /** Whole; only digits and letters to `f`, so that it may stand in a path. */
  id: string;
  name: string;
  image: string;
  image_id: string;
  state: string;
  labels: Json;
}

/** When an image was made, by its identity and by each of its names. */
export type ImageDates = ReadonlyMap<string, number>;

/** The first API with all that is asked for here; Docker 1.13 of 2017 speaks it. */
const OLDEST_API = '1.25';

/** The questions that an engine is asked. */
export interface Engine {
  version(): Answer<Version>;
  list(): Answer<Listed[]>;
  images(): Answer<ImageDates>;
  inspect(id: string): Answer<Inspected>;
  /** The newest lines of a container's log, one character a byte. */
  log(id: string, lines: number): Answer<string>;
}

/** The engine behind a socket. Paths are without a version, so that each answers in its own: new ones refuse old versions, old ones new. */
export function engineOf(ask: Ask, socket: string): Engine {
  const asks = <T>(path: string, parse: (body: string) => T, as: HttpWish = '') =>
    ask.http({ to: `unix:${socket}`, path, as }, (answer) => parse(good(answer)));
  return {
    version: () => asks('/version', versionIn),
    list: () => asks('/containers/json?all=1', listedIn),
    images: () => asks('/images/json', imageDates),
    inspect: (id) => asks(`/containers/${id}/json`, inspectedIn),
    log: (id, lines) => asks(`/containers/${id}/logs?stdout=1&stderr=1&tail=${lines}`, (bytes) => bytes, 'bytes'),
  };
}

function good({ status, body }: HttpAnswer): string {
  if (status === 200) return body;
  const said = messageIn(body);
  if (status === 403) throw denied(said);
  if (status === 404) throw absent(said);
  throw failed(`status ${status}, ${said}`);
}

function messageIn(body: string): string {
  try {
    return json(body).at('message').text.slice(0, 200);
  } catch {
    return body.trim().split('\n', 1)[0]?.slice(0, 200) || 'without a word';
  }
}

function versionIn(body: string): Version {
  const told = json(body);
  const components = told.at('Components');
  const name = components.given ? components.list[0]?.at('Name').text : undefined;
  return {
    name: name === undefined || name === 'Engine' ? 'Docker Engine' : name,
    version: told.at('Version').text,
    api_version: told.at('ApiVersion').text,
  };
}

/** Throws for an engine that is too old to be understood. */
export function mustBeRecent({ api_version }: Version): void {
  const [major = Number.NaN, minor = Number.NaN] = api_version.split('.').map(Number);
  const [oldest = 0, least = 0] = OLDEST_API.split('.').map(Number);
  if (major < oldest || (major === oldest && minor < least))
    throw failed(`its API ${api_version} is older than ${OLDEST_API}, which is needed`);
}

const ID = /^[0-9a-f]{12,64}$/;

/** `GET /containers/json?all=1`: those that are not well first, so that they are looked at however many there are. */
function listedIn(body: string): Listed[] {
  const rank = ({ status, state }: Listed & { status: string }) =>
    /unhealthy/.test(status) || state === 'restarting' ? 0 : state === 'running' ? 1 : 2;
  return json(body)
    .list.map((each) => ({
      id: idOf(each.at('Id')),
      name: nameOf(each.at('Names')),
      image: each.at('Image').text,
      image_id: each.at('ImageID').text,
      state: each.at('State').text,
      status: each.at('Status').given ? each.at('Status').text : '',
      labels: each.at('Labels'),
    }))
    .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

function idOf(id: Json): string {
  if (!ID.test(id.text)) throw failed(`${id.path} is no identity of a container`);
  return id.text;
}

/** Its own name, without the slash; names of links to it hold a second one. */
function nameOf(names: Json): string {
  const all = names.given ? names.list.map(({ text }) => text.replace(/^\//, '')) : [];
  return all.find((name) => !name.includes('/')) ?? all[0] ?? '(no name)';
}

function imageDates(body: string): ImageDates {
  return new Map(
    json(body).list.flatMap((image): [string, number][] => {
      const made_s = image.at('Created').number;
      const names = image.at('RepoTags');
      return [image.at('Id').text, ...(names.given ? names.list.map(({ text }) => text) : [])].map((name) => [
        name.replace(/^sha256:/, ''),
        made_s,
      ]);
    }),
  );
}
