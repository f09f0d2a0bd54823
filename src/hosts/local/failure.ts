import { absent, denied, failed, notAsked, timedOut, Unknown } from '../../core/unknown.ts';
import { seconds } from './limits.ts';

/** Nothing is there by this name. */
export const GONE = absent('no such file or folder');
const NO_PERMISSION = denied('permission denied');

/** What the operating system and Node.js call it, and what that means (errno(3)). */
const REASONS: Readonly<Record<string, Unknown>> = {
  ENOENT: GONE,
  ENOTDIR: GONE,
  ENODEV: absent('no such device'),
  ENXIO: absent('no such device'),
  ESRCH: absent('the process is gone'),
  EACCES: NO_PERMISSION,
  EPERM: NO_PERMISSION,
  EISDIR: failed('a folder, not a file'),
  ELOOP: failed('too many symbolic links'),
  ENAMETOOLONG: failed('the name is too long'),
  EINVAL: failed('the kernel refused it as invalid'),
  EIO: failed('input or output error'),
  ESTALE: failed('the network file system has forgotten this file'),
  ENOTCONN: failed('the server of this file system is gone'),
  ECONNREFUSED: absent('nobody listens there'),
  ETIMEDOUT: timedOut('the connection timed out'),
  ECONNRESET: failed('the connection was cut'),
  EPIPE: failed('the connection was cut'),
  EHOSTUNREACH: failed('no route to the host'),
  ENETUNREACH: failed('the network is unreachable'),
  EADDRNOTAVAIL: failed('the network is unreachable'),
  ENOTFOUND: failed('no host has this name'),
  // Our own want: it says nothing about what was asked.
  EMFILE: notAsked('failed', 'ward has too many files open'),
  ENFILE: notAsked('failed', 'the machine has too many files open'),
  ENOMEM: notAsked('failed', 'there was no memory left to ask'),
  EAGAIN: notAsked('failed', 'the machine had no room for another process'),
};

/** What the operating system refused, as an Unknown in plain words. */
export function failureOf(error: unknown): Unknown {
  if (error instanceof Unknown) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  return (code === undefined ? undefined : REASONS[code]) ?? failed(firstLine(message ?? String(error)));
}

/** A reason is one line; the rest of a message is for whoever reads stack traces. */
export function firstLine(text: string): string {
  return (
    text
      .split(/[\r\n]/, 1)[0]
      ?.slice(0, 200)
      .trim() || 'no reason was given'
  );
}

/** The answer, or after `ms` an Unknown that says so. */
export function within<T>(ms: number, answer: Promise<T>, what = 'no answer'): Promise<T | Unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Unknown>((resolve) => {
    timer = setTimeout(() => resolve(timedOut(`${what} within ${seconds(ms)}`)), ms);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
