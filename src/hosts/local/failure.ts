import { absent, denied, failed, timedOut, type Unknown } from '../../core/unknown.ts';

const REASONS: Readonly<Record<string, (what: string) => Unknown>> = {
  ENOENT: () => absent('no such file or folder'),
  ENOTDIR: () => absent('no such file or folder'),
  ENODEV: () => absent('no such device'),
  ENXIO: () => absent('no such device'),
  EACCES: () => denied('permission denied'),
  EPERM: () => denied('permission denied'),
  ECONNREFUSED: () => absent('nobody listens there'),
  ETIMEDOUT: () => timedOut('the connection timed out'),
  ECONNRESET: () => failed('the connection was cut'),
  EHOSTUNREACH: () => failed('no route to the host'),
  ENETUNREACH: () => failed('the network is unreachable'),
  EINVAL: () => failed('the kernel refused it as invalid'),
  EIO: () => failed('input or output error'),
};

/** What the operating system refused, as an Unknown in plain words. */
export function failureOf(error: unknown): Unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code === undefined ? undefined : REASONS[code])?.(message) ?? failed(message ?? String(error));
}

/** The answer, or after `ms` an Unknown. The timer holds nothing up. */
export function within<T>(ms: number, answer: Promise<T>): Promise<T | Unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Unknown>((resolve) => {
    timer = setTimeout(() => resolve(timedOut(`no answer within ${ms / 1000} s`)), ms);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
