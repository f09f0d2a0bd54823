import { IMAGE, inspected, removeContainer, runContainer } from '../../cluster/containers.ts';
import type { Fault } from '../../faults.ts';
import { until } from '../../run.ts';

const NAME = 'shop-mailer';

/** Ends a moment after each start. */
export const fault: Fault = {
  about: 'The container shop-mailer ends a moment after each start, and its engine starts it again and again.',
  host: 'ns3',
  needs: 'cluster',
  async break(host) {
    runContainer(host, ['--name', NAME, '--restart', 'always', IMAGE, 'sh', '-c', 'echo cannot reach the mail server; exit 1']);
    await until(`${NAME} was started again 5 times`, 60, () => Number(inspected(host, NAME, '{{.RestartCount}}')) >= 5);
  },
  mend: (host) => removeContainer(host, NAME),
};
