// One script and Bun's runtime as one executable.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TOOLS = fileURLToPath(new URL('../../tools/bun', import.meta.url));
const STAMP = join(TOOLS, 'node_modules/.wardround-lock');

/** By what uname calls x86_64 and aarch64; the first without AVX2, which older servers lack. */
const BUNS = {
  x64: { target: 'bun-linux-x64-baseline', folder: 'bun-linux-x64-baseline' },
  arm64: { target: 'bun-linux-arm64', folder: 'bun-linux-aarch64' },
} as const;

/** A processor as Node.js calls it. */
export type Machine = keyof typeof BUNS;

/** The machines that executables can be made for. */
export const MACHINES = Object.keys(BUNS) as Machine[];

/** Whether Bun was fetched for a machine. */
export function hasBun(machine: Machine): boolean {
  return existsSync(STAMP) && existsSync(bunFor(machine));
}

/** Fetches the locked Bun of every machine, which npm would leave out where it does not fit this one. None of its install scripts run. */
export function installBun(): void {
  const lock = readFileSync(join(TOOLS, 'package-lock.json'), 'utf8');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lock) return;
  const words = ['ci', '--force', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync('npm', words, { cwd: TOOLS, stdio: ['ignore', 2, 2] });
  for (const machine of MACHINES) chmodSync(bunFor(machine), 0o755);
  writeFileSync(STAMP, lock);
}

/**
 * Makes the executable and gives its path. It reads neither `.env` nor `bunfig.toml` of the folder that it is started in; BUN_OPTIONS and BUN_BE_BUN
 * it would heed, so it is called with an environment that has neither (by sudo, or by sshd, which takes no such names).
 */
export function compiled(script: string, machine: Machine, into: string): string {
  const { target } = BUNS[machine];
  const from = ['--compile', '--bytecode', '--minify', `--target=${target}`, `--compile-executable-path=${bunFor(machine)}`];
  const closed = ['--no-compile-autoload-dotenv', '--no-compile-autoload-bunfig'];
  execFileSync(bunFor('x64'), ['build', ...from, ...closed, script, '--outfile', into], { stdio: ['ignore', 'ignore', 2] });
  return into;
}

function bunFor(machine: Machine): string {
  return join(TOOLS, 'node_modules/@oven', BUNS[machine].folder, 'bin/bun');
}
