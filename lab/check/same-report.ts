/** What a figure that moves may have moved by between two looks; `any` where what comes and goes tells nothing. */
type Moves = number | 'any';

/** The fields that move, by their path without places in lists. All others must be the same. The hosts of a lab share one kernel and one disk. */
const MOVING: readonly [RegExp, Moves][] = [
  [/^system\.(uptime_seconds|time_unix)$/, 60],
  [
    /^system\.(load_avg|cpu_\w+_pct|mem_(used|use_pct|free|available|cached|buffers)|swap_|psi|disk_io|heaviest|rates_over_s|temperatures|oom_kills_new|filesystems\.(used|avail|inode))/,
    'any',
  ],
  [/^network\.(rates_over_s|tcp_|conntrack\.(count|use_pct)|interfaces\.(rx_|tx_|packets_|dropped|errors))/, 'any'],
  [/^processes\.total$/, 20],
  [/^services\.(services|others|failed)\.(active_since_sec|state_since_sec)$/, 60],
  [/^services\.((services|others)\.(memory|cpu)|restarts_recent)/, 'any'],
  [/^cron\.(jobs|timers)\.(next_sec|due_sec|last_sec)$/, 60],
  [/^wireguard\.peers\.(latest_handshake|handshake_age_sec)$/, 180],
  [/^wireguard\.(peers\.transfer_|traffic|rates_over_s)/, 'any'],
];

/** A report as JSON gives it. */
type Report = Readonly<Record<string, unknown>>;

/** Where two reports of one machine, made one after the other, differ by more than time explains: in these sections, and in why a value there is unknown. */
export function differences(one: Report, other: Report, sections: readonly string[]): string[] {
  const unlike = sections.flatMap((name) => unlikeAt(one[name], other[name], name));
  const [reasons, others] = [one, other].map((report) => reasonsIn(report, sections)) as [string[], string[]];
  return [
    ...unlike,
    ...reasons.filter((each) => !others.includes(each)).map((each) => `only the first does not know ${each}`),
    ...others.filter((each) => !reasons.includes(each)).map((each) => `only the second does not know ${each}`),
  ];
}

function unlikeAt(first: unknown, second: unknown, path: string): string[] {
  const moves = movesAt(path);
  if (moves === 'any') return [];
  const [one, other] = [first, second].map(inOrder);
  if (isObject(one) && isObject(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    return keys.flatMap((key) => unlikeAt(one[key], other[key], Array.isArray(one) ? `${path}[${key}]` : `${path}.${key}`));
  }
  const near = typeof one === 'number' && typeof other === 'number' && Math.abs(one - other) <= (moves ?? 0);
  return one === other || near ? [] : [`${path} is ${JSON.stringify(one)} and ${JSON.stringify(other)}`];
}

/** Peers come in whatever order the kernel has them in at the moment. */
function inOrder(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const keyOf = (item: unknown) => (isObject(item) && typeof item['public_key'] === 'string' ? item['public_key'] : '');
  return value.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)));
}

function movesAt(path: string): Moves | undefined {
  const named = path.replaceAll(/\[\d+\]/g, '');
  return MOVING.find(([pattern]) => pattern.test(named))?.[1];
}

function reasonsIn({ unknown }: Report, sections: readonly string[]): string[] {
  return (unknown as { path: string; kind: string; reason: string }[])
    .filter(({ path }) => sections.some((name) => path === name || path.startsWith(`${name}.`)) && movesAt(path) !== 'any')
    .map(({ path, kind, reason }) => `${path} (${kind}: ${reason})`);
}

function isObject(value: unknown): value is Report {
  return typeof value === 'object' && value !== null;
}
