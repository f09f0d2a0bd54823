import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'ward-'));

/** Gives a whole test run one folder for all that is temporary: the machine stays as it was, whatever a test forgot. */
export function setup(): void {
  // Some tests look at files as another user does.
  chmodSync(folder, 0o755);
  const runtime = join(folder, 'run');
  mkdirSync(runtime, { mode: 0o700 });
  process.env['TMPDIR'] = folder;
  process.env['XDG_RUNTIME_DIR'] = runtime;
  // Root's counters would else lie beside those of the machine's own agent.
  process.env['WARD_STATE_DIR'] = join(folder, 'state');
}

/** Takes the folder away with all that is in it. */
export function teardown(): void {
  rmSync(folder, { recursive: true, force: true });
}
