import type { Fault } from './faults.ts';
import { inside } from './inside.ts';
import type { LabHost } from './state.ts';

/** The two ways of a fault that is a stopped unit, with what to wait for once it was started again. */
export function unitStopped(unit: string, well: (host: LabHost) => Promise<void>): Pick<Fault, 'break' | 'mend'> {
  return {
    break(host) {
      inside(host, ['systemctl', 'stop', unit]);
    },
    async mend(host) {
      inside(host, ['systemctl', 'start', unit]);
      await well(host);
    },
  };
}
