import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What is made, not written. */
const MADE = new Set(['node_modules', 'dist', '.git', '.lab', '.cache', 'coverage']);

/** A copy of the project's files that a test may spoil; packages are those of the project. */
export interface Copy {
  folder: string;
  write(file: string, text: string): void;
  remove(file: string): void;
  /** What a program's environment has beside ours; what tells a test run of CI apart is not in it. */
  env: Record<string, string>;
  /** Runs a program of the project's packages, or `node`, in the copy. */
  run(program: string, ...words: string[]): { exit: number | null; text: string };
  /** Removes the copy. */
  end(): void;
}

/** Copies the named folders and files of the project (all without names) into a private temporary folder. */
export function temporaryCopy(...names: string[]): Copy {
  const folder = mkdtempSync(join(tmpdir(), 'wardround-copy-'));
  for (const name of names.length === 0 ? ['.'] : names) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true, filter: (from) => !MADE.has(basename(from)) });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const own: Record<string, string> = {};
  return {
    folder,
    env: own,
    write(file, text) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    },
    remove: (file) => rmSync(join(folder, file), { recursive: true }),
    run(program, ...words) {
      const path = program === 'node' ? process.execPath : join(ROOT, 'node_modules', '.bin', program);
      const { WARD_MAY_SKIP: _skip, WARD_COUNTS: _counts, ...ours } = process.env;
      const env = { ...ours, CI: '', NO_COLOR: '1', PATH: `${dirname(process.execPath)}:${process.env['PATH']}`, ...own };
      const { status, stdout, stderr } = spawnSync(path, words, { cwd: folder, encoding: 'utf8', env });
      return { exit: status, text: stdout + stderr };
    },
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}
