import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, Refusal } from '../core/refusal.ts';

/** Saves a text under its name in a folder, which is made if it is not there; both for the owner alone. Gives the file's path. */
export function saveIn(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
    return path;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOSPC' ? 'no space is left there' : message;
    throw new Refusal(EXIT.storage, `the results could not be saved: ${why}`, { where: path, next: 'Name another folder with --output.' });
  }
}

/** `inspect-testnet-2026-11-17T03-14-07.md`. */
export function fileName(environment: string | null, taken_at_ms: number): string {
  const where = (environment ?? 'here').replaceAll(/[^\w.-]/g, '_');
  return `inspect-${where}-${new Date(taken_at_ms).toISOString().slice(0, 23).replaceAll(':', '-')}.md`;
}
