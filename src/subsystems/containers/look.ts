import { type Answer, type Ask, orNull } from '../../core/ask.ts';
import type { Asked, Fields } from '../../core/section.ts';
import { absent, notAsked } from '../../core/unknown.ts';
import { engineOf, type ImageDates, type Listed } from './engine.ts';
import { age, healthOf } from './health.ts';
import { cpuLimit, type Inspected, restartPolicy, unixSeconds } from './inspected.ts';
import type { Container } from './section.ts';
import { type Usage, usageOf } from './usage.ts';

/** A listed container and the engine that has it. */
export interface Found extends Listed {
  socket: string;
  engine: 'docker' | 'podman';
  /** Whether it is looked at: of very many only the first are. */
  within: boolean;
}

/** What was asked about one container. */
export interface Looked {
  found: Found;
  told: Answer<Inspected>;
  /** What it uses; null for one that does not run. */
  usage: Usage | null;
}

/** Looks at one container: one question to its engine, and the kernel's counters of one that runs. */
export function look(ask: Ask, found: Found): Looked {
  const { id, socket, state, within } = found;
  const told = within ? engineOf(ask, socket).inspect(id) : passedOver(ask);
  return { found, told, usage: state === 'running' || state === 'paused' ? usageOf(ask, told, id) : null };
}

function passedOver(ask: Ask): Answer<never> {
  return ask.all([], () => {
    throw notAsked('failed', 'only the first 200 containers are looked at');
  });
}

/** The container's fields. */
export function containerFields({ found, told, usage }: Looked, dates: () => ImageDates, now_s: () => number): Asked<Container> {
  const { id, name, engine, image, state } = found;
  const ended = ['exited', 'dead', 'restarting', 'stopped'].includes(state);
  const memoryLimit = () => told().at('HostConfig', 'Memory').number;
  return {
    id: shortId(id),
    name,
    engine,
    image: image.startsWith('sha256:') ? (orNull(() => told().at('Config', 'Image').text) ?? image) : image,
    image_age_sec: () => imageAge(found, dates(), now_s()),
    compose: () => composeOf(found),
    state,
    health: () => healthOf(told(), now_s()),
    restarts: () => told().at('RestartCount').number,
    restart_policy: () => restartPolicy(told()),
    ended: () => (ended ? endOf(told(), now_s()) : absent('it has not ended')),
    error: () => (told().at('State', 'Error').given ? told().at('State', 'Error').text : '').slice(0, 300),
    oom_killed: () => told().at('State', 'OOMKilled').boolean,
    started_sec: () => age(unixSeconds(told().at('State', 'StartedAt')), now_s(), 'it never started'),
    cpu_limit_cores: () => cpuLimit(told()) || absent('it has no limit of CPU'),
    memory_bytes: () => (usage === null ? absent('it does not run') : usage.memory()),
    memory_limit_bytes: () => memoryLimit() || absent('it has no limit of memory'),
    no_memory_limit: () => memoryLimit() === 0,
  };
}

function endOf(told: Inspected, now_s: number): Fields<NonNullable<Container['ended']>> {
  return {
    exit_code: told.at('State', 'ExitCode').number,
    ago_sec: () => age(unixSeconds(told.at('State', 'FinishedAt')), now_s, 'it never ended'),
  };
}

/** As people and the engines' command lines write it. */
export function shortId(id: string): string {
  return id.slice(0, 12);
}

/** A date before Docker itself is what reproducible builds write: no date. */
const FIRST_S = Date.UTC(2013, 0) / 1000;

function imageAge({ image, image_id }: Found, dates: ImageDates, now_s: number): number {
  const made_s = dates.get(image_id.replace(/^sha256:/, '')) ?? dates.get(image);
  if (made_s === undefined) throw absent('its image is not on the machine any more');
  if (made_s < FIRST_S) throw absent('the image does not say when it was built');
  return age(made_s, now_s, '');
}

function composeOf({ labels }: Found): { project: string; service: string } {
  const label = (...names: string[]) =>
    names
      .map((name) => labels.at(name))
      .find(({ given }) => given)
      ?.text.slice(0, 200);
  const project = label('com.docker.compose.project', 'com.docker.stack.namespace');
  if (project === undefined) throw absent('no label of Compose');
  return { project, service: label('com.docker.compose.service', 'com.docker.swarm.service.name') ?? '' };
}
