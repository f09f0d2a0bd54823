import type { Fault } from '../../faults.ts';
import { inside } from '../../inside.ts';

const FILE = '/srv/data/full';

/** As large as leaves 2 MiB of the volume. */
const LEFT_BYTES = 2 * 1024 * 1024;

/** A small volume of the host's own is nearly full. */
export const fault: Fault = {
  about: 'The volume at /srv/data is full but for 2 MiB.',
  host: 'ns1',
  break(host) {
    inside(host, ['rm', '-f', FILE]);
    const avail = Number(inside(host, ['df', '--output=avail', '-B1', '/srv/data']).split('\n')[1]);
    inside(host, ['fallocate', '-l', String(avail - LEFT_BYTES), FILE]);
  },
  mend(host) {
    inside(host, ['rm', '-f', FILE]);
  },
};
