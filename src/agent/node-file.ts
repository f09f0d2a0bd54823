import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { checksIn, HOST_PORT } from './node-checks.ts';
import { nearest } from '../core/nearest.ts';
import { type ExpectedPort, type Profile, PROFILES } from '../core/profile.ts';
import { parsePlainYaml, PlainYamlError, type PlainValue } from './plain-yaml.ts';

/** Where a node's owner says what this machine is. */
export const NODE_FILE = '/etc/wardround/node.yaml';

/** The profile that holds here, and a sentence for each thing wrong with the file that names it. */
export interface NodeProfile {
  profile: Profile;
  problems: string[];
}

const MOST_BYTES = 1024 * 1024;

/** Reads the node's own file; without one the default profile holds. A wrong file never stops a report: it is said in it. */
export function readNodeFile(path = NODE_FILE): NodeProfile {
  try {
    return profileFrom(textOf(path), path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return {
      profile: PROFILES.default,
      problems: code === 'ENOENT' ? [] : [`${path}: ${code === 'EACCES' ? 'permission denied' : message}`],
    };
  }
}

/** Opened without waiting, so that a pipe in its place cannot hang us, and only if nobody else could have written it. */
function textOf(path: string): string {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const facts = fstatSync(file);
    if (!facts.isFile()) throw new Error('not a regular file');
    const unfit = whyUnfit(path, facts, process.getuid?.() === 0);
    if (unfit !== null) throw new Error(unfit);
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

/** Why such a file is not followed: somebody else could have written it. Null for a fit one. */
export function whyUnfit(path: string, { size, mode, uid }: { size: number; mode: number; uid: number }, of_root: boolean): string | null {
  if (size > MOST_BYTES) return 'larger than 1 MiB';
  if ((mode & 0o002) !== 0) return `everybody may write it (mode ${(mode & 0o777).toString(8)}); mend it with: chmod o-w ${path}`;
  return of_root && uid !== 0 ? `it belongs to user ${uid} and not to root; mend it with: chown root ${path}` : null;
}

/** The profile that a node file's text describes. Only what is right in it is taken. */
export function profileFrom(text: string, path = NODE_FILE): NodeProfile {
  try {
    const value = parsePlainYaml(text);
    if (!isMap(value))
      return value === null
        ? { profile: PROFILES.default, problems: [] }
        : { profile: PROFILES.default, problems: [`${path}: it holds no "key: value"`] };
    return described(value, path);
  } catch (error) {
    if (!(error instanceof PlainYamlError)) throw error;
    return { profile: PROFILES.default, problems: [`${path}:${error.line}: ${error.message}`] };
  }
}

/** Changes the profile by one key's value; gives back what the value should have been if it is not that. */
type Key = (profile: Profile, value: PlainValue) => Profile | string;

const KEYS: Readonly<Record<string, Key>> = {
  profile: (profile) => profile,
  expect: words((profile, expect) => ({ ...profile, expect: [...profile.expect, ...expect] })),
  units: words((profile, units) => ({
    ...profile,
    services: { ...profile.services, units: [...new Set([...profile.services.units, ...units.map(unitName)])] },
  })),
  log_units: words((profile, units) => ({ ...profile, processes: { ...profile.processes, log_units: units.map(unitName) } })),
  'network.reach': hostPort((profile, reach) => ({ ...profile, network: { ...profile.network, reach } })),
  'network.ports': ports((profile, expected) => ({ ...profile, network: { ...profile.network, ports: expected } })),
  'network.ufw': yesOrNo((profile, ufw) => ({ ...profile, network: { ...profile.network, ufw } })),
  checks: checksIn,
  probe: hostPorts((profile, probe) => ({ ...profile, probe })),
  'ollama.http': hostPort((profile, http) => ({ ...profile, ollama: { ...profile.ollama, http } })),
  'rqlite.units': words((profile, units) => ({ ...profile, rqlite: { ...profile.rqlite, units: units.map(unitName) } })),
  'rqlite.http': hostPort((profile, http) => ({ ...profile, rqlite: { ...profile.rqlite, http } })),
  'olric.units': words((profile, units) => ({ ...profile, olric: { ...profile.olric, units: units.map(unitName) } })),
  'olric.client': hostPort((profile, client) => ({ ...profile, olric: { ...profile.olric, client } })),
  'olric.memberlist': hostPort((profile, memberlist) => ({ ...profile, olric: { ...profile.olric, memberlist } })),
  'ipfs.api': hostPort((profile, api) => ({ ...profile, ipfs: { ...profile.ipfs, api } })),
  'ipfs.cluster_api': hostPort((profile, cluster_api) => ({ ...profile, ipfs: { ...profile.ipfs, cluster_api } })),
  'gateway.http': hostPort((profile, http) => ({ ...profile, gateway: { ...profile.gateway, http } })),
  'anyone.control': hostPort((profile, control) => ({ ...profile, anyone: { ...profile.anyone, control } })),
  'containers.sockets': paths((profile, sockets) => ({ ...profile, containers: { sockets } })),
  'wireguard.interfaces': words((profile, interfaces) => ({ ...profile, wireguard: { interfaces } })),
  'dns.domains': words((profile, domains) => ({ ...profile, dns: { ...profile.dns, domains } })),
  'dns.server': hostPort((profile, server) => ({ ...profile, dns: { ...profile.dns, server } })),
  'dns.https': hostPort((profile, https) => ({ ...profile, dns: { ...profile.dns, https } })),
};

function described(value: { [key: string]: PlainValue }, path: string): NodeProfile {
  const named = value['profile'] ?? 'default';
  const start = named === 'default' || named === 'orama' ? PROFILES[named] : undefined;
  const problems = start === undefined ? [`${path}: profile is ${JSON.stringify(named)}; there are default and orama`] : [];
  let profile = start ?? PROFILES.default;
  for (const [key, given] of flattened(value)) {
    const change = KEYS[key];
    const changed = change === undefined ? unknownKey(key) : change(profile, given);
    if (typeof changed === 'string') problems.push(`${path}: ${changed.replace('KEY', key)}`);
    else profile = changed;
  }
  return { profile, problems };
}

function unknownKey(key: string): string {
  const near = nearest(key, Object.keys(KEYS));
  return `unknown key "${key}"${near === null ? `; there are ${Object.keys(KEYS).join(', ')}` : `; nearest is "${near}"`}`;
}

/** One level of maps becomes dotted keys. */
function flattened(value: { [key: string]: PlainValue }): [string, PlainValue][] {
  return Object.entries(value).flatMap(([key, inner]) =>
    isMap(inner)
      ? Object.entries(inner).map(([name, each]): [string, PlainValue] => [`${key}.${name}`, each])
      : [[key, inner] as [string, PlainValue]],
  );
}

function isMap(value: PlainValue): value is { [key: string]: PlainValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const WORD = /^[A-Za-z0-9@][\w@.:\\*-]{0,254}$/;

function words(change: (profile: Profile, words: string[]) => Profile): Key {
  return (profile, value) => {
    const list = Array.isArray(value) ? value : [value];
    const fine = list.filter((item): item is string => typeof item === 'string' && WORD.test(item));
    return fine.length === list.length ? change(profile, fine) : 'KEY must be a list of names of letters, digits and . _ - @ :';
  };
}

function paths(change: (profile: Profile, paths: string[]) => Profile): Key {
  return (profile, value) => {
    const list = Array.isArray(value) ? value : [value];
    const fine = list.filter((item): item is string => typeof item === 'string' && /^(\/[\w.@:-]+){1,32}$/.test(item));
    return fine.length === list.length ? change(profile, fine) : 'KEY must be a list of absolute paths';
  };
}

function hostPort(change: (profile: Profile, to: string) => Profile): Key {
  return (profile, value) => (typeof value === 'string' && HOST_PORT.test(value) ? change(profile, value) : 'KEY must be HOST:PORT');
}

function hostPorts(change: (profile: Profile, to: string[]) => Profile): Key {
  return (profile, value) => {
    const list = Array.isArray(value) ? value : [value];
    const fine = list.filter((item): item is string => typeof item === 'string' && HOST_PORT.test(item));
    return fine.length === list.length ? change(profile, fine) : 'KEY must be a list of HOST:PORT';
  };
}

function ports(change: (profile: Profile, ports: ExpectedPort[]) => Profile): Key {
  return (profile, value) => {
    const list = Array.isArray(value) ? value : [value];
    const fine = list.flatMap(portIn);
    return fine.length === list.length ? change(profile, fine) : 'KEY must be a list of ports such as 443 or 53/udp';
  };
}

function portIn(value: PlainValue): ExpectedPort[] {
  const [, digits, proto = 'tcp'] =
    /^(\d{1,5})(?:\/(tcp|udp))?$/.exec(typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '') ?? [];
  const port = Number(digits);
  return port >= 1 && port <= 65_535 ? [{ port, proto: proto as ExpectedPort['proto'] }] : [];
}

function yesOrNo(change: (profile: Profile, wanted: boolean) => Profile): Key {
  return (profile, value) => (typeof value === 'boolean' ? change(profile, value) : 'KEY must be true or false');
}

/** A unit by its short name is a service, as systemctl takes it. */
function unitName(name: string): string {
  return /\.[a-z]+$/.test(name) ? name : `${name}.service`;
}
