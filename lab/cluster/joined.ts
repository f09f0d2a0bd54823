import { inside } from '../inside.ts';
import { until } from '../run.ts';
import type { LabHost } from '../state.ts';

/** As long as ward calls a node joining once its core program has begun. */
const JOINING_S = 300;

/** Waits until no host of the cluster counts as joining any more. */
export async function awaitJoined(hosts: readonly LabHost[]): Promise<void> {
  for (const host of hosts)
    await until(`orama-node of ${host.name} has run for ${JOINING_S} s`, JOINING_S + 30, () => coreAge_s(host) > JOINING_S);
}

function coreAge_s(host: LabHost): number {
  const began_us = inside(host, ['systemctl', 'show', '--value', '-p', 'ActiveEnterTimestampMonotonic', 'orama-node']);
  return Number(inside(host, ['cut', '-d', ' ', '-f', '1', '/proc/uptime'])) - Number(began_us) / 1e6;
}
