import { rmSync } from 'node:fs';
import { stopGateway } from './gateway.ts';
import { forgetNspawn } from './hosts.ts';
import { clearLeftovers, removeHost } from './leftovers.ts';
import { linkExists, removeLink } from './network.ts';
import { STATE } from './places.ts';
import { say, until } from './run.ts';
import { readState } from './state.ts';

/** Ends all hosts of this checkout's lab and removes all of it from the machine; the caches stay. */
export async function down(): Promise<void> {
  const lab = readState();
  if (lab !== null) {
    await Promise.all(lab.hosts.map(removeHost));
    await stopGateway(lab);
    removeLink(lab.bridge);
    await until(`the bridge ${lab.bridge} goes`, 20, () => !linkExists(lab.bridge), `ip link show ${lab.bridge}`);
  }
  await clearLeftovers();
  forgetNspawn();
  rmSync(STATE, { recursive: true, force: true });
  say(lab === null ? 'no lab was up' : `${lab.hosts.length} hosts are gone`);
}
