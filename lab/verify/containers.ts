import { type Figure, type Json, word } from './figure.ts';
import { at } from './json-output.ts';

const NAMES = ['shop-web', 'shop-queue', 'shop-report'];
const INSPECT = `docker inspect ${NAMES.join(' ')}`;

const GO_ZERO = '0001-01-01T00:00:00Z';

/** What docker says of one container, read by a function of its whole description. */
function of(name: string) {
  return (field: string, read: (container: Json) => unknown, within?: number): Figure => ({
    path: `containers.containers[name=${name}].${field}`,
    command: INSPECT,
    read: (output) => read((JSON.parse(output) as Json[]).find((each) => each['Name'] === `/${name}`) ?? {}) ?? '',
    ...(within === undefined ? {} : { within }),
  });
}

function container(name: string): Figure[] {
  const told = of(name);
  return [
    told('id', (all) => String(all['Id']).slice(0, 12)),
    told('image', (all) => at(all, 'Config.Image')),
    told('state', (all) => at(all, 'State.Status')),
    told('restarts', (all) => all['RestartCount']),
    told('restart_policy', (all) => at(all, 'HostConfig.RestartPolicy.Name')),
    told('oom_killed', (all) => at(all, 'State.OOMKilled')),
    told('memory_limit_bytes', (all) => at(all, 'HostConfig.Memory')),
    told('no_memory_limit', (all) => at(all, 'HostConfig.Memory') === 0),
    told('cpu_limit_cores', (all) => Number(at(all, 'HostConfig.NanoCpus')) / 1e9),
    told('compose.project', (all) => (at(all, 'Config.Labels') as Json)['com.docker.compose.project']),
    told('compose.service', (all) => (at(all, 'Config.Labels') as Json)['com.docker.compose.service']),
    told('started_sec', (all) => secondsSince(at(all, 'State.StartedAt')), 25),
  ];
}

/** The machine that runs this and its hosts have one clock. */
function secondsSince(time: unknown): number {
  return time === GO_ZERO ? Number.NaN : (Date.now() - Date.parse(String(time))) / 1000;
}

/** Docker and its containers, as its own command line tells them. */
export const CONTAINERS: readonly Figure[] = [
  ...NAMES.flatMap(container),
  of('shop-web')('health.status', (all) => at(all, 'State.Health.Status')),
  of('shop-web')('health.failing_streak', (all) => at(all, 'State.Health.FailingStreak')),
  of('shop-web')('health.interval_sec', (all) => Number(at(all, 'Config.Healthcheck.Interval')) / 1e9),
  of('shop-report')('ended.exit_code', (all) => at(all, 'State.ExitCode')),
  of('shop-report')('ended.ago_sec', (all) => secondsSince(at(all, 'State.FinishedAt')), 25),
  {
    path: 'containers.engines[socket=/var/run/docker.sock].version.version',
    command: "docker version --format '{{.Server.Version}}'",
    read: word,
  },
  {
    path: 'containers.engines[socket=/var/run/docker.sock].version.api_version',
    command: "docker version --format '{{.Server.APIVersion}}'",
    read: word,
  },
];
