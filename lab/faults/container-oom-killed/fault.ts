import { IMAGE, inspected, removeContainer, runContainer } from '../../cluster/containers.ts';
import type { Fault } from '../../faults.ts';
import { until } from '../../run.ts';

const NAME = 'shop-import';

/** Wants more memory than its limit. */
export const fault: Fault = {
  about: 'The container shop-import took more memory than its 32 MiB, and the kernel killed it.',
  host: 'ns2',
  needs: 'cluster',
  async break(host) {
    runContainer(host, ['--name', NAME, IMAGE, 'tail', '/dev/zero']);
    await until(
      `${NAME} was killed for lack of memory`,
      60,
      () => inspected(host, NAME, '{{.State.Status}} {{.State.OOMKilled}}') === 'exited true',
    );
  },
  mend: (host) => removeContainer(host, NAME),
};
