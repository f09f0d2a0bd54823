import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes one file of a host, root's, with the mode 0644 where none is said. */
export type Put = (path: string, text: string, mode?: number) => void;

/** Writes files under the host's root folder as seen from outside. */
export function putUnder(root: string): Put {
  return (path, text, mode = 0o644) => {
    const full = join(root, path);
    mkdirSync(dirname(full), { recursive: true });
    rmSync(full, { force: true });
    writeFileSync(full, text);
    chmodSync(full, mode);
  };
}
