import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { STATE, stateFile } from './places.ts';
import { LabError } from './run.ts';

/** Does something that changes the lab while nobody else does; a lock of a process that is gone counts as none. */
export async function alone<T>(work: () => T | Promise<T>): Promise<T> {
  mkdirSync(STATE, { recursive: true, mode: 0o700 });
  const path = stateFile('lock');
  take(path);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function take(path: string): void {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const holder = Number(readFileSync(path, 'utf8'));
    if (isAlive(holder)) throw new LabError(`another lab command is at work (process ${holder}); wait for it to end`);
    rmSync(path, { force: true });
    take(path);
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}
