import { isIP } from 'node:net';
import { visible } from '../../core/clean.ts';

/** Why this can be no host name or address, with the character at fault; null if it can. Whole-string, so that it can never be an option of ssh or more than one word. */
export function hostProblem(host: string): string | null {
  if (isIP(host) !== 0) return null;
  return problemOf(host, { what: 'a host name', most: 253, first: /^[A-Za-z0-9]/, rest: /[^A-Za-z0-9._-]/u, last: /[A-Za-z0-9]$/ });
}

/** The same for the name by which people know a node. */
export function nameProblem(name: string): string | null {
  if (isIP(name) !== 0) return null;
  return problemOf(name, { what: 'a node name', most: 253, first: /^[A-Za-z0-9]/, rest: /[^A-Za-z0-9._@:-]/u, last: /[^.-]$/ });
}

/** The same for a login name; it may hold `@`, for the last one splits. */
export function userProblem(user: string): string | null {
  return problemOf(user, { what: 'a user name', most: 128, first: /^[A-Za-z0-9_]/, rest: /[^A-Za-z0-9._@+$-]/u, last: /./ });
}

/** The same for `ssh -J`: hosts with user and port, separated by commas. */
export function jumpProblem(jump: string): string | null {
  return jump.split(',').reduce<string | null>((found, hop) => found ?? hopProblem(hop), null);
}

function hopProblem(hop: string): string | null {
  const [, user, host, port] = /^(?:(.+)@)?(\[[^\]]*\]|[^:]*)(?::(.*))?$/su.exec(hop) ?? [];
  const hostWrong = hostProblem((host ?? hop).replace(/^\[(.*)\]$/, '$1'));
  return (user === undefined ? null : userProblem(user)) ?? hostWrong ?? (port === undefined ? null : portProblem(port));
}

function portProblem(port: string): string | null {
  return /^[1-9]\d{0,4}$/.test(port) && Number(port) < 65_536 ? null : 'has a port that is none';
}

/** The same for a path. */
export function pathProblem(path: string): string | null {
  return problemOf(path, { what: 'a path', most: 1024, first: /^[^-]/, rest: /\p{C}/u, last: /./ });
}

interface Shape {
  what: string;
  most: number;
  first: RegExp;
  /** What must nowhere be. */
  rest: RegExp;
  last: RegExp;
}

function problemOf(text: string, { what, most, first, rest, last }: Shape): string | null {
  if (text === '') return `is empty, and must be ${what}`;
  if (text.length > most) return `has ${text.length} characters; ${what} has at most ${most}`;
  if (!first.test(text)) return `begins with "${visible([...text][0] ?? '')}" (character 1), which ${what} cannot`;
  const stray = rest.exec(text);
  if (stray !== null)
    return `has "${visible(stray[0])}" as character ${[...text.slice(0, stray.index)].length + 1}, which ${what} cannot hold`;
  if (!last.test(text)) return `ends with "${visible(text.slice(-1))}" (character ${[...text].length}), which ${what} cannot`;
  return null;
}
