import { dirname } from 'node:path';
import type { Inventory, NodeConfig } from '../node-config.ts';
import { Secret } from '../secret.ts';
import { wrong } from './configuration.ts';
import { plainNode, SSH_SETTINGS } from './empty.ts';
import { expandPath } from './expand-path.ts';
import { hostProblem, nameProblem, pathProblem, userProblem } from './names.ts';
import { isPlaceholder } from './placeholder.ts';
import type { Surroundings } from './surroundings.ts';

/** One line with its fields told apart. None is ever printed that might be a password. */
interface Line {
  number: number;
  format: 'conf-3' | 'conf-4' | 'conf-5';
  environment: string | null;
  login: string;
  password: string;
  role: string;
  key: string;
}

/** Reads remote-nodes.conf in each of its three formats: fields split by `|`, one node a line, `#` before a remark. */
export function confInventory(path: string, source: string, around: Surroundings): Inventory {
  const lines = source
    .split('\n')
    .map((text, at) => ({ text: text.trim(), number: at + 1 }))
    .filter(({ text }) => text !== '' && !text.startsWith('#'))
    .map(({ text, number }) => fields(path, text, number));
  if (lines.length > 20_000)
    throw wrong(path, 'it has more than 20,000 nodes, which is the limit', 'Split it into a file for each environment.');
  const nodes = lines.map((line) => nodeOf(path, line, around));
  refuseTwins(path, lines, nodes);
  const passwords = nodes.filter(({ password }) => password !== null).length;
  const notes = passwords === 0 ? [] : [`${path} holds passwords for ${passwords} of its nodes; keys are the better way`];
  return {
    path,
    format:
      lines
        .map(({ format }) => format)
        .sort()
        .at(-1) ?? 'conf-5',
    nodes,
    settings: [],
    ssh: SSH_SETTINGS,
    notes,
  };
}

function fields(path: string, text: string, number: number): Line {
  const parts = text.split('|');
  const [environment = '', login = ''] = parts;
  const line = { number, environment, login, password: '', role: 'node', key: '' };
  const read = (READ[Math.min(parts.length, 5)] ?? tooFew)(parts);
  if ('wrong' in read) throw wrong(`${path}:${number}`, read.wrong, 'They are: environment|user@host|password|role|ssh_key');
  return { ...line, ...read };
}

/** What a line's fields say beyond environment and login, or why they cannot be told apart. */
type Read = (Partial<Line> & Pick<Line, 'format'>) | { wrong: string };

const READ: Readonly<Record<number, (parts: readonly string[]) => Read>> = {
  3: ([first = '', , third = '']) =>
    /^\d+$/.test(first) ? { format: 'conf-3', environment: null, password: third } : { format: 'conf-3', role: third },
  4: ([, , third = '', fourth = '']) => {
    if (isRole(third)) return { format: 'conf-4', role: third };
    if (isRole(fourth)) return { format: 'conf-4', password: third, role: fourth };
    return { wrong: 'neither field 3 nor field 4 is a role (node, or nameserver…)' };
  },
  5: ([, , password = '', role = '', ...key]) => ({ format: 'conf-5', password, role, key: key.join('|') }),
};

function tooFew(parts: readonly string[]): Read {
  return { wrong: `the line has ${parts.length} of the 3 to 5 fields that | splits` };
}

function isRole(field: string): boolean {
  return field === 'node' || field.startsWith('nameserver');
}

function nodeOf(path: string, { number, environment, login, password, role, key }: Line, { home }: Surroundings): NodeConfig {
  const place = `${path}:${number}`;
  const at = login.lastIndexOf('@');
  if (at === -1) throw wrong(place, 'field 2 has no "@"; it must be user@host');
  const [user, host] = [login.slice(0, at), login.slice(at + 1)];
  refuse(place, `the user in field 2`, userProblem(user));
  refuse(place, `the host in field 2`, hostProblem(host));
  if (environment !== null) refuse(place, 'field 1, the environment,', nameProblem(environment));
  // A role that is none may be a password in the wrong place: it is not quoted.
  if (!/^[A-Za-z0-9][\w.-]{0,63}$/.test(role))
    throw wrong(place, 'the role must be up to 64 letters, digits and . _ -, such as node or nameserver-ns1');
  if (key !== '') refuse(place, 'field 5, the key,', pathProblem(key));
  if (isPlaceholder(password))
    throw wrong(place, 'the password is only a placeholder', 'Set the true one; better, leave the field empty and use a key.');
  return {
    ...plainNode(host, host),
    ...{ user, environment, role, identity_file: key === '' ? null : expandPath(key, { home, folder: dirname(path) }) },
    // As the original did: where a key is named, the password is left alone.
    password: password === '' || key !== '' ? null : new Secret(password),
  };
}

function refuse(place: string, what: string, problem: string | null): void {
  if (problem !== null) throw wrong(place, `${what} ${problem}`);
}

function refuseTwins(path: string, lines: readonly Line[], nodes: readonly NodeConfig[]): void {
  const seen = new Map<string, number>();
  nodes.forEach(({ environment, host }, at) => {
    const key = `${environment} ${host}`;
    const number = lines[at]?.number ?? 0;
    const first = seen.get(key);
    if (first !== undefined)
      throw wrong(`${path}:${number}`, `${host} is there twice${environment === null ? '' : ` in ${environment}`}, first in line ${first}`);
    seen.set(key, number);
  });
}
