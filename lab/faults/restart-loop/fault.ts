import { putDropIn, takeDropIn } from '../../drop-in.ts';
import type { Fault } from '../../faults.ts';
import { askedInside, inside } from '../../inside.ts';
import { until } from '../../run.ts';
import type { LabHost } from '../../state.ts';

const UNIT = 'shop-worker.service';

/** As many as make a loop of it for every rule that counts them. */
const RESTARTS = 6;

/** A service ends a moment after each start, and systemd starts it again without end. */
export const fault: Fault = {
  about: 'The service shop-worker ends a moment after each start and is started again and again.',
  host: 'ns3',
  async break(host) {
    const service = ['[Service]', 'Restart=always', 'RestartSec=1', 'ExecStart=', 'ExecStart=/bin/sh -c "echo queue is broken; exit 1"'];
    putDropIn(host, UNIT, ['[Unit]', 'StartLimitIntervalSec=0', ...service]);
    askedInside(host, ['systemctl', 'restart', UNIT]);
    await until(`${UNIT} was started again ${RESTARTS} times`, 40, () => restarts(host) >= RESTARTS);
  },
  mend: (host) => takeDropIn(host, UNIT),
};

function restarts(host: LabHost): number {
  return Number(inside(host, ['systemctl', 'show', '--value', '-p', 'NRestarts', UNIT]));
}
