import { failed, notAsked, type Unknown } from '../../core/unknown.ts';
import { failureOf, firstLine } from '../local/failure.ts';

/** What the C libraries (glibc, musl) call a failure, by its name. */
const CODES: readonly [text: RegExp, code: string][] = [
  [/No such file or directory/, 'ENOENT'],
  [/Not a directory/, 'ENOTDIR'],
  [/Permission denied/, 'EACCES'],
  [/Operation not permitted/, 'EPERM'],
  [/Is a directory/, 'EISDIR'],
  [/Too many levels of symbolic links|Symbolic link loop/, 'ELOOP'],
  [/File ?name too long/i, 'ENAMETOOLONG'],
  [/Invalid argument/, 'EINVAL'],
  [/Input\/output error|I\/O error/, 'EIO'],
  [/Stale (?:NFS )?file handle/, 'ESTALE'],
  [/Transport endpoint is not connected|Socket not connected/, 'ENOTCONN'],
  [/No such device or address/, 'ENXIO'],
  [/No such device/, 'ENODEV'],
  [/No such process/, 'ESRCH'],
  [/Connection refused/, 'ECONNREFUSED'],
  [/Connection timed out|Operation timed out/, 'ETIMEDOUT'],
  [/Connection reset by peer/, 'ECONNRESET'],
  [/Broken pipe/, 'EPIPE'],
  [/No route to host|Host is unreachable/, 'EHOSTUNREACH'],
  [/Network is unreachable|Network unreachable/, 'ENETUNREACH'],
  [/Cannot assign requested address|Address not available/, 'EADDRNOTAVAIL'],
];

/** What a program of the host says went wrong, in the C locale, as an Unknown. What is said before the last colon is the program's name, or a path of ours. */
export function reasonOf(errors: string): Unknown {
  const line = firstLine(errors.trim());
  const said = line.split(': ').at(-1) ?? '';
  if (/Not a regular file/.test(said)) return failed('not a regular file');
  return reasonIn(said) ?? failed(said === '' ? 'no reason was given' : said);
}

/** The failure that a text names somewhere; null where it names none. */
export function reasonIn(text: string): Unknown | null {
  const code = CODES.find(([pattern]) => pattern.test(text))?.[1];
  return code === undefined ? null : failureOf({ code });
}

/** The host lacks the program that would have to ask: that says nothing about what was asked. */
export function lacking(programs: string): Unknown {
  return notAsked('failed', `nothing can ask that from its shell: ${programs} is not installed there`);
}
