import { evaluate } from '../../../src/core/evaluate.ts';
import type { NodeSnapshot, Snapshot } from '../../../src/core/snapshot.ts';
import { rules } from '../../../src/subsystems/containers/rules.ts';
import type { Activity, Container, Containers, Health } from '../../../src/subsystems/containers/section.ts';

/** A running container with a limit and nothing wrong, with what differs. */
export function container(name: string, differs: Partial<Container> = {}): Container {
  return {
    id: name.padEnd(12, '0').slice(0, 12),
    name,
    engine: 'docker',
    image: `${name}:1`,
    image_age_sec: 86_400,
    compose: null,
    state: 'running',
    health: null,
    restarts: 0,
    restart_policy: 'unless-stopped',
    ended: null,
    error: '',
    oom_killed: false,
    started_sec: 86_400,
    cpu_limit_cores: null,
    memory_bytes: 2 ** 20,
    memory_limit_bytes: 2 ** 28,
    no_memory_limit: false,
    ...differs,
  };
}

/** A failing health check, with what differs. */
export function failing(differs: Partial<Health> = {}): Health {
  return {
    status: 'unhealthy',
    failing_streak: 96,
    failing_for_sec: 2_880,
    interval_sec: 30,
    test: 'curl -f localhost',
    probes: [],
    ...differs,
  };
}

/** What a container did, with what differs. */
export function activity(name: string, differs: Partial<Activity> = {}): Activity {
  return { id: name.padEnd(12, '0').slice(0, 12), cpu_pct: 1, disk: null, network: null, restarts: 0, ...differs };
}

/** A section with these containers. */
export function section(containers: Container[], recent: Containers['recent'] = null): Containers {
  return { engines: [], containers, recent, logs: [] };
}

/** What the rules find on one node, in short: severity, state, rule, subject. */
export function found(of: Containers): string[] {
  const { findings } = evaluate(snapshotOf(of), [{ name: 'containers', rules }], []);
  return findings.map(({ severity, state, rule, subject }) => `${severity} ${state} ${rule.slice('containers/'.length)} ${subject}`);
}

/** Their sentences. */
export function messages(of: Containers): string[] {
  return evaluate(snapshotOf(of), [{ name: 'containers', rules }], []).findings.map(({ message }) => message);
}

function snapshotOf(of: Containers): Snapshot {
  const report = { states: { containers: 'ok' }, unknown: [], containers: of } as unknown as NodeSnapshot['report'];
  const node: NodeSnapshot = {
    name: 'vm4',
    host: 'vm4.example.net',
    environment: null,
    role: 'apps',
    tags: [],
    groups: [],
    via: 'ward',
    profile: 'default',
    report,
    failure: null,
    asked_at_ms: 0,
    answered_at_ms: 0,
    notes: [],
  };
  return { environment: null, taken_at_ms: 0, duration_ms: 0, nodes: [node] };
}
