import { readFileSync } from 'node:fs';
import { IMAGE, removeContainer, runContainer } from '../../cluster/containers.ts';
import type { Fault } from '../../faults.ts';

const NAME = 'shop-archive';

/** Where the kernel counts what control groups of version 1 read and write. */
const COUNTED = '/sys/fs/cgroup/blkio/blkio.throttle.io_service_bytes';

/** Past all buffers, for only such writes count for the one who made them. */
const WRITE = 'while :; do dd if=/dev/zero of=/data/archive bs=1M count=16 oflag=direct; done';

/** Writes as fast as it can, far more than 5 GiB an hour. */
export const fault: Fault = {
  about: 'The container shop-archive writes to the disk without an end.',
  host: 'ns3',
  needs: 'cluster',
  cannot: () =>
    readFileSync(COUNTED, 'utf8').trim() === 'Total 0' ? "this machine's kernel counts no block input and output of control groups" : null,
  break(host) {
    runContainer(host, ['--name', NAME, '--volume', '/srv/data:/data', IMAGE, 'sh', '-c', WRITE]);
  },
  mend: (host) => removeContainer(host, NAME),
};
