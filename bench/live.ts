import { aligned } from '../scripts/aligned.ts';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { meshedFleet } from './live-fleet.ts';
import { liveLine, openPty, type Pty, SCRIPT } from '../test/tui/pty.ts';
import { machine, median } from './measure.ts';

/** Nodes of the large fleet, and of the one that is left alone. */
const MANY = 1000;
const IDLE = 200;
const IDLE_S = 10;
/** Walks over lists, every tab, pages, a filter and the help. Each of them changes the screen, also when all are pressed many times over. */
const KEYS = [
  'j',
  'j',
  'k',
  'G',
  'g',
  '2',
  'j',
  'j',
  '\x1b[6~',
  '\x1b[5~',
  's',
  's',
  '/',
  'v',
  'm',
  '\r',
  '\x1b',
  '3',
  '\x1b[B',
  'j',
  'g',
  '4',
  'j',
  '\x1b[6~',
  '5',
  '6',
  '7',
  'j',
  '8',
  'j',
  '\r',
  ']',
  '\x1b',
  'e',
  'e',
  '?',
  '\x1b',
  '1',
  'p',
  'p',
];
/** Ends each frame. */
const FRAME_END = '\x1b[?2026l';

/** The live screen through a real pseudo-terminal: its first frame, from a key to its frame, and what it costs to leave it open. */
export async function benchLive(rounds: number): Promise<string> {
  if (SCRIPT === null) return 'Needs script(1) for a pseudo-terminal, and it is not installed here.';
  const folder = mkdtempSync(join(tmpdir(), 'ward-bench-live-'));
  try {
    const [many, idle] = [meshedFleet(join(folder, 'many'), MANY), meshedFleet(join(folder, 'idle'), IDLE)];
    const first: number[] = [];
    for (let round = 0; round < Math.min(rounds, 7); round += 1) first.push(await firstFrame(many));
    const pressed = await keyTimes(many, Math.max(2, rounds));
    const keys = pressed.map(({ ms }) => ms);
    const [settling = NaN, share = NaN] = await idleShares(idle);
    const rows = [
      ['GOAL', 'WHAT', 'MEASURED', 'MUST', ''],
      row('L1', `key to frame, ${MANY} nodes, 99 of 100 of ${keys.length}`, quantile(keys, 0.99), { must: 50, unit: 'ms' }),
      row('L2', 'the slowest of them', Math.max(...keys), { must: 100, unit: 'ms' }),
      row('L3', `left alone with ${IDLE} nodes, share of a core over ${IDLE_S} s`, share, { must: 2, unit: '%' }),
      row('L4', `start to first frame, ${MANY} nodes, median of ${first.length}`, median(first), { must: 300, unit: 'ms' }),
    ];
    const cpu = pressed.map(({ cpu_ms }) => cpu_ms);
    const said = [
      `median key to frame ${median(keys).toFixed(1)} ms; the slowest: ${slowest(pressed)}`,
      `computed for it: ${median(cpu).toFixed(1)} ms, 99 of 100 ${quantile(cpu, 0.99).toFixed(1)} ms, at most ${Math.max(...cpu).toFixed(1)} ms`,
      `left alone, in the first ${IDLE_S} s after the reports were read: ${settling.toFixed(1)} % of a core`,
    ];
    return `${machine()}\n${said.join('\n')}\n\n${aligned(rows)}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timed(live: Live, key: string): Promise<KeyTime> {
  const before_ms = computed(live.pid());
  const ms = await live.press(key);
  return { key, ms, cpu_ms: computed(live.pid()) - before_ms };
}

/** Milliseconds that all threads of a process have had a processor. */
function computed(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`).map((thread) => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8'));
  return threads.reduce((sum, text) => sum + Number(text.split(' ')[0]) / 1e6, 0);
}

/** The three that took longest. */
function slowest(pressed: readonly KeyTime[]): string {
  const sorted = [...pressed].sort((a, b) => b.ms - a.ms);
  return sorted
    .slice(0, 3)
    .map(({ key, ms, cpu_ms }) => `${JSON.stringify(key)} ${ms.toFixed(0)} ms (computed ${cpu_ms.toFixed(0)})`)
    .join(', ');
}

function row(id: string, what: string, measured: number, { must, unit }: { must: number; unit: string }): string[] {
  return [id, what, `${measured.toFixed(1)} ${unit}`, `< ${must} ${unit}`, measured < must ? 'met' : 'MISSED'];
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

interface Live extends Pty {
  begun_ms: number;
  /** Sends keys and gives the milliseconds until the next frame is whole. */
  press(key: string): Promise<number>;
  end(): Promise<void>;
}

function liveOn(folder: string): Live {
  const begun_ms = performance.now();
  const env = { ...process.env, TERM: 'xterm-256color', LANG: 'C.UTF-8', WARD_THEME: 'dark' };
  const pty = openPty(liveLine(folder), { columns: 140, rows: 40, env });
  return {
    ...pty,
    begun_ms,
    async press(key) {
      pty.forget();
      const pressed_ms = performance.now();
      pty.write(key);
      await pty.until((text) => text.includes(FRAME_END));
      return performance.now() - pressed_ms;
    },
    async end() {
      pty.write('q');
      await pty.ended;
    },
  };
}

async function firstFrame(folder: string): Promise<number> {
  const live = liveOn(folder);
  await live.until((text) => text.includes(FRAME_END));
  const took = performance.now() - live.begun_ms;
  await live.end();
  return took;
}

interface KeyTime {
  key: string;
  ms: number;
  /** What all threads of ward computed meanwhile: what is left of it on a machine that others use. */
  cpu_ms: number;
}

async function keyTimes(folder: string, rounds: number): Promise<KeyTime[]> {
  const live = liveOn(folder);
  await live.until((text) => text.includes('recorded'));
  const times: KeyTime[] = [];
  for (let round = 0; round < rounds; round += 1) for (const key of KEYS) times.push(await timed(live, key));
  await live.end();
  return times;
}

/** Per cent of a core in the seconds after the reports were read, in which their garbage is collected, and in as many behind those. */
async function idleShares(folder: string): Promise<number[]> {
  const live = liveOn(folder);
  await live.until((text) => text.includes('recorded'));
  const shares: number[] = [];
  for (let at = 0; at < 2; at += 1) {
    const before_ms = computed(live.pid());
    await new Promise((resolve) => setTimeout(resolve, IDLE_S * 1000));
    shares.push((computed(live.pid()) - before_ms) / 10 / IDLE_S);
  }
  await live.end();
  return shares;
}
