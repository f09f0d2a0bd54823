import { awaitRelays, joinedPct, RELAY_UNIT, RELAY_WORDS } from '../../cluster/relay.ts';
import { putDropIn, takeDropIn } from '../../drop-in.ts';
import type { Fault } from '../../faults.ts';
import { inside } from '../../inside.ts';
import { until } from '../../run.ts';

/** A relay runs that cannot join its network. */
export const fault: Fault = {
  about: 'The relay of Anyone runs with its network switched off: it has joined nothing, and listens for no other.',
  host: 'ns2',
  needs: 'all',
  joined: true,
  async break(host) {
    putDropIn(host, RELAY_UNIT, ['[Service]', 'ExecStart=', `ExecStart=${RELAY_WORDS} --DisableNetwork 1`]);
    inside(host, ['systemctl', 'restart', RELAY_UNIT]);
    await until(`the relay of ${host.name} has joined nothing`, 30, () => (joinedPct(host) ?? 100) < 100);
  },
  async mend(host) {
    takeDropIn(host, RELAY_UNIT);
    await awaitRelays([host]);
  },
};
