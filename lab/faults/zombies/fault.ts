import type { Fault } from '../../faults.ts';
import { askedInside, inside } from '../../inside.ts';
import { until } from '../../run.ts';
import type { LabHost } from '../../state.ts';

const UNIT = 'careless-parent.service';

const COUNT = 3;

/** Starts children that end at once, and never asks how they ended. */
const PARENT = `import os, signal
for _ in range(${COUNT}):
    if os.fork() == 0: os._exit(0)
signal.pause()`;

/** Processes that ended and that nobody collects. */
export const fault: Fault = {
  about: `${COUNT} processes have ended and their parent does not collect them.`,
  host: 'ns2',
  async break(host) {
    inside(host, ['systemd-run', '--quiet', `--unit=${UNIT}`, '/usr/bin/python3', '-c', PARENT]);
    await until(`${COUNT} zombies are there`, 20, () => zombies(host) >= COUNT);
  },
  async mend(host) {
    askedInside(host, ['systemctl', 'stop', UNIT]);
    await until('no zombie is left', 20, () => zombies(host) === 0);
  },
};

function zombies(host: LabHost): number {
  return inside(host, ['ps', '-eo', 'stat='])
    .split('\n')
    .filter((state) => state.startsWith('Z')).length;
}
