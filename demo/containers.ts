import type { Section } from './section.ts';

/** The rounds in which two containers of vm4 fall ill. */
const UNWELL: readonly number[] = [2, 5];

interface Container {
  id: string;
  name: string;
  health: { status: string; failing_for_sec: number; failing_streak: number; interval_sec: number } | null;
}

interface Running {
  project: string;
  name: string;
  mib: number;
  limit: number;
  /** Percent of one core. */
  cpu: number;
  written_kib_per_s: number;
}

const RUNNING: Readonly<Record<string, readonly Running[]>> = {
  vm4: [
    { project: 'shop', name: 'db', mib: 147, limit: 512, cpu: 31, written_kib_per_s: 142 },
    { project: 'shop', name: 'worker', mib: 68, limit: 384, cpu: 62, written_kib_per_s: 4 },
    { project: 'shop', name: 'api', mib: 64, limit: 384, cpu: 24, written_kib_per_s: 0 },
    { project: 'shop', name: 'cache', mib: 4, limit: 128, cpu: 3, written_kib_per_s: 0 },
    { project: 'notes', name: 'db', mib: 120, limit: 512, cpu: 12, written_kib_per_s: 88 },
    { project: 'notes', name: 'search', mib: 115, limit: 512, cpu: 18, written_kib_per_s: 21 },
    { project: 'observe', name: 'prometheus', mib: 412, limit: 1024, cpu: 44, written_kib_per_s: 118 },
    { project: 'observe', name: 'loki', mib: 188, limit: 512, cpu: 27, written_kib_per_s: 164 },
    { project: 'wiki', name: 'db', mib: 139, limit: 512, cpu: 4, written_kib_per_s: 12 },
    { project: 'git', name: 'gitea', mib: 131, limit: 512, cpu: 6, written_kib_per_s: 9 },
  ],
  vm5: [
    { project: 'photos', name: 'app', mib: 402, limit: 1024, cpu: 11, written_kib_per_s: 46 },
    { project: 'photos', name: 'db', mib: 131, limit: 512, cpu: 5, written_kib_per_s: 22 },
    { project: 'media', name: 'app', mib: 88, limit: 512, cpu: 2, written_kib_per_s: 0 },
  ],
};

/** What runs on the node; on vm4 two of them fell ill one after the other. */
export function containersOf(section: Section, name: string, round: number): Section {
  const all = section['containers'] as Container[];
  const ill = ['shop-web', 'notes-api'].flatMap((each, at) =>
    illAt(
      all.find((container) => container.name === each),
      round - (UNWELL[at] ?? 0),
    ),
  );
  const pattern = all.find((each) => each.name === 'shop-db');
  const running = RUNNING[name] ?? [];
  const well = running.map(({ project, name: service, mib, limit }, at) => ({
    ...pattern,
    ...{ id: idOf(at), name: `${project}-${service}`, image: `${project}-${service}:4.${at}`, compose: { project, service } },
    ...{ memory_bytes: mib * 2 ** 20, memory_limit_bytes: limit * 2 ** 20, started_sec: 1_036_800 - at * 3600, image_age_sec: 1_555_200 },
  }));
  const shown = [...(name === 'vm4' ? ill : []), ...well];
  const did = [...running.map((each, at) => activityOf(idOf(at), each, round)), ...ill.map(({ id }) => activityOf(id, IDLE, round))];
  const recent = { seconds: 90, containers: did.filter(({ id }) => shown.some((each) => each.id === id)) };
  return { ...section, containers: shown, recent: round === 0 ? null : recent };
}

const IDLE = { cpu: 1, written_kib_per_s: 0 };

function idOf(at: number): string {
  return `${at}a7420b41be41`.slice(0, 12);
}

/** What one did since the round before: what is usual for it, more in one round and less in the next. */
function activityOf(id: string, { cpu, written_kib_per_s }: Pick<Running, 'cpu' | 'written_kib_per_s'>, round: number) {
  const share = 0.8 + ((round * 7 + id.charCodeAt(0)) % 5) / 10;
  return {
    id,
    cpu_pct: Math.round(cpu * share * 10) / 10,
    disk: { read_bytes_per_s: 0, write_bytes_per_s: Math.round(written_kib_per_s * share * 1024) },
    network: { rx_bytes_per_s: Math.round(cpu * share * 900), tx_bytes_per_s: Math.round(cpu * share * 1300) },
    restarts: 0,
  };
}

function illAt(container: Container | undefined, rounds: number): Container[] {
  if (container === undefined) return [];
  const { health } = container;
  const healthy = { ...health, status: 'healthy', failing_for_sec: 0, failing_streak: 0, probes: [] } as unknown as Container['health'];
  const failing_for_sec = rounds * 90 + 30;
  const failing_streak = Math.round(failing_for_sec / (health?.interval_sec ?? 30));
  return [{ ...container, health: rounds < 0 || health === null ? healthy : { ...health, failing_for_sec, failing_streak } }];
}
