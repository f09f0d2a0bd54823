import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { putUnder } from './host-files/put.ts';
import { rootOf } from './hosts.ts';
import { askedInside, inside } from './inside.ts';
import type { LabHost } from './state.ts';

const folderOf = (host: LabHost, unit: string) => join(rootOf(host), `etc/systemd/system/${unit}.d`);

/** Changes a unit of the host by these lines, until `takeDropIn`. It does not start or stop anything. */
export function putDropIn(host: LabHost, unit: string, lines: readonly string[]): void {
  putUnder(folderOf(host, unit))('fault.conf', `${lines.join('\n')}\n`);
  inside(host, ['systemctl', 'daemon-reload']);
}

/** Makes a changed unit what it was, and starts it as if it had never failed. */
export function takeDropIn(host: LabHost, unit: string): void {
  rmSync(folderOf(host, unit), { recursive: true, force: true });
  inside(host, ['systemctl', 'daemon-reload']);
  inside(host, ['systemctl', 'stop', unit]);
  // Also where nothing failed: it sets the count of restarts back. A unit that is not loaded cannot be set back.
  askedInside(host, ['systemctl', 'reset-failed', unit]);
  inside(host, ['systemctl', 'start', unit]);
}
