import { docker, inspected } from '../../cluster/containers.ts';
import type { Fault } from '../../faults.ts';
import { until } from '../../run.ts';
import type { LabHost } from '../../state.ts';

/** What the health check of shop-web looks for. */
const WELL = '/well';

/** The health check of a container fails. */
export const fault: Fault = {
  about: 'The container shop-web runs, but its health check fails.',
  host: 'ns1',
  needs: 'cluster',
  async break(host) {
    docker(host, 'exec', 'shop-web', 'rm', '-f', WELL);
    await until('shop-web is unhealthy', 30, () => healthOf(host) === 'unhealthy');
  },
  async mend(host) {
    docker(host, 'exec', 'shop-web', 'touch', WELL);
    await until('shop-web is healthy', 30, () => healthOf(host) === 'healthy');
  },
};

function healthOf(host: LabHost): string {
  return inspected(host, 'shop-web', '{{.State.Health.Status}}');
}
