import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ran, until } from '../run.ts';

/** Has ward keep its ssh connections in a folder of this check's own; the function that comes back ends them. */
export function keepConnectionsApart(): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lab-ward-'));
  process.env['XDG_RUNTIME_DIR'] = folder;
  const sockets = () => filesIn(join(folder, 'wardround'));
  return async () => {
    for (const socket of sockets()) ran(['ssh', '-o', `ControlPath=${socket}`, '-O', 'exit', 'lab'], { limit_s: 5 });
    await until("ward's connections to the lab end", 20, () => sockets().length === 0, `ls ${folder}/wardround`);
    rmSync(folder, { recursive: true, force: true });
  };
}

function filesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}
