import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

/** A folder of each test's own for the sockets of kept connections, which end with it. */
export function ownRuntime() {
  const before = process.env['XDG_RUNTIME_DIR'];
  let folder = '';
  /** ssh names its kept process after the socket. */
  const masters = (): number[] => {
    try {
      return execFileSync('pgrep', ['-f', `${folder}/wardround/`], { encoding: 'utf8' })
        .trim()
        .split('\n')
        .map(Number);
    } catch {
      return [];
    }
  };
  beforeEach(() => {
    folder = mkdtempSync('/tmp/ward-run-');
    process.env['XDG_RUNTIME_DIR'] = folder;
  });
  afterEach(() => {
    for (const pid of masters()) process.kill(pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
    if (before === undefined) delete process.env['XDG_RUNTIME_DIR'];
    else process.env['XDG_RUNTIME_DIR'] = before;
  });
  return {
    masters,
    folder: () => join(folder, 'wardround'),
    sockets: () => readdirSync(join(folder, 'wardround')).filter((name) => /^[0-9a-f]{16}$/.test(name)),
  };
}
