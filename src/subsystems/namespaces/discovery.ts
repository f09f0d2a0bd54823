import { type Answer, type Ask, orNull, present } from '../../core/ask.ts';
import type { FileText } from '../../core/host.ts';
import { absent, unparsed } from '../../core/unknown.ts';

/** A namespace as files and units tell of it, before anything is asked of its programs. */
export interface Found {
  name: string;
  /** `HOST:PORT` of its rqlite; throws an Unknown where that is not written. */
  address: () => string;
}

/** Units that each namespace has. */
const UNIT = /^orama-namespace-(?:rqlite|olric|gateway)@(.+)\.service$/;
const ENVIRONMENT = 'rqlite.env';
/** More than a node has blocks of ports for. */
const MOST = 100;

/** The namespaces of which there is a folder or a unit, by name. */
export function namespacesIn(ask: Ask, folder: string): Answer<readonly Found[]> {
  const folders = ask.list(folder);
  const files = ask.readEach(`${folder}/*/${ENVIRONMENT}`, addresses);
  const units = ['active', 'activating', 'failed'].map((state) => ask.units(state));
  return ask.all([folders, files, ...units], () => {
    const named = units.flatMap((answer) => (orNull(answer) ?? []).flatMap((unit) => UNIT.exec(unit)?.[1] ?? []));
    const names = [...new Set([...(present(folders) ? folders() : []), ...named])].filter((name) => !name.startsWith('.')).sort();
    return names.slice(0, MOST).map((name) => ({ name, address: () => addressOf(files(), name) }));
  });
}

/** The `HTTP_ADDR` of each environment file, by the folder that it lies in. */
function addresses(files: readonly FileText[]): Map<string, string> {
  return new Map(
    files.map(({ path, text }) => [path.split('/').at(-2) ?? '', /^\s*(?:export\s+)?HTTP_ADDR=["']?([^"'\s#]*)/m.exec(text)?.[1] ?? '']),
  );
}

function addressOf(known: ReadonlyMap<string, string>, name: string): string {
  const address = known.get(name);
  if (address === undefined) throw absent(`there is no ${ENVIRONMENT} for it`);
  const [, host = '', port = ''] = /^(?:https?:\/\/)?([\w.-]*|\[[\da-fA-F:]+\]):(\d{1,5})$/.exec(address) ?? [];
  if (port === '' || Number(port) > 65_000) throw unparsed(`the HTTP_ADDR of its ${ENVIRONMENT} is no HOST:PORT`);
  return `${host === '' || host === '0.0.0.0' ? '127.0.0.1' : host}:${Number(port)}`;
}
