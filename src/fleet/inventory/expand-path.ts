import { isAbsolute, join, resolve } from 'node:path';

/** A path of a configuration file: `~` is the home folder, and what is relative lies beside the file. */
export function expandPath(path: string, { home, folder }: { home: string; folder: string }): string {
  if (path === '~') return home;
  if (path.startsWith('~/')) return join(home, path.slice(2));
  return isAbsolute(path) ? path : resolve(folder, path);
}
