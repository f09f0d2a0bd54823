import type { Fault } from '../../faults.ts';
import { inside } from '../../inside.ts';
import { until } from '../../run.ts';
import type { LabHost } from '../../state.ts';

const UNIT = 'shop-worker.service';

/** A service writes into its log what a Go program writes when it panics. */
export const fault: Fault = {
  about: 'The service shop-worker writes a panic into its log.',
  host: 'ns3',
  async break(host) {
    inside(host, ['systemctl', 'kill', '--kill-who=main', '-s', 'USR1', UNIT]);
    await until('the panic is in the log', 20, () => panics(host));
  },
  /** It stays in the log until that is emptied. */
  async mend(host) {
    inside(host, ['journalctl', '--quiet', '--rotate']);
    inside(host, ['journalctl', '--quiet', '--vacuum-time=1s']);
    await until('the panic is out of the log', 20, () => !panics(host));
  },
};

function panics(host: LabHost): boolean {
  return inside(host, ['journalctl', '--quiet', '-o', 'cat', '-u', UNIT]).includes('panic: ');
}
