import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { bundled } from '../../agent/bundle.ts';
import { onHungMachine, whyNoHungMachine } from './hung/machine.ts';

const folder = mkdtempSync(join(tmpdir(), 'ward-hung-'));
chmodSync(folder, 0o755);
symlinkSync('hung', join(folder, 'link'));
afterAll(() => rmSync(folder, { recursive: true }));

const why = whyNoHungMachine(folder);
/** Asks all that may hang, under one deadline. */
function asking(ms: number, ...sh: string[]): { answers: string[]; took_ms: number; stayed_ms: number } {
  const { exit, output } = lived(script('asks'), String(ms), folder, ...sh);
  expect(exit).toBe(0);
  return JSON.parse(output) as ReturnType<typeof asking>;
}

/** The agent, with its counters to be kept in the folder that is named. */
const AS_AGENT = `process.env.WARD_STATE_DIR = process.argv[2]; const agent = process.argv[1]; process.argv = [process.argv[0], agent, 'report']; require(agent);`;

const script = (name: string) => fileURLToPath(new URL(`hung/${name}.ts`, import.meta.url));

interface Lived {
  exit: number | null;
  output: string;
  lived_ms: number;
}

/** Runs a program of this Node.js on a machine where nothing answers. */
function lived(...words: string[]): Lived {
  const [program, all] = onHungMachine(folder, [process.execPath, script('silent-servers'), process.execPath, ...words]);
  const { stdout, stderr, status } = spawnSync(program, all, { encoding: 'utf8', timeout: 25_000, killSignal: 'SIGKILL' });
  if (status !== 0) throw new Error(`it ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as Lived;
}

describe.skipIf(why !== null)(
  `a machine on which nothing answers${why === null ? '' : ` (skipped: none can be made here, ${why})`}`,
  () => {
    it('costs no more than the deadline of the report, and keeps no process longer', () => {
      const { answers, took_ms, stayed_ms } = asking(1_000);
      expect(took_ms).toBeLessThan(1_500);
      expect(stayed_ms).toBeLessThan(900);
      expect(answers.filter((answer) => !answer.endsWith('timeout'))).toEqual(['readEach failed']);
      expect(answers).toHaveLength(15);
    });

    it('costs each question no more than its own deadline, of which the longest is 4 s', () => {
      const { took_ms, stayed_ms } = asking(10_000);
      expect(took_ms).toBeGreaterThan(3_900);
      expect(took_ms).toBeLessThan(5_000);
      expect(stayed_ms).toBeLessThan(900);
    });

    it('costs one who asks through its shell no more, though a link leads the shell where it hangs', () => {
      const { answers, took_ms, stayed_ms } = asking(10_000, '/bin/sh');
      // The link is found out by the shell that hangs at it, once for each question.
      expect(answers.filter((answer) => !answer.endsWith('timeout'))).toEqual(['readEach failed']);
      expect(answers).toHaveLength(15);
      expect(took_ms).toBeLessThan(9_000);
      expect(stayed_ms).toBeLessThan(900);
    });

    it('costs a report only what lies on it, and never the place of its own counters', async () => {
      const agent = await bundled('src/agent/main.ts', folder);
      const { exit, output, lived_ms } = lived('--input-type=commonjs', '-e', AS_AGENT, agent, join(folder, 'link/state'));
      expect(exit).toBe(0);
      const { unknown, system } = JSON.parse(output) as {
        unknown: { path: string; kind: string; reason: string }[];
        system: { filesystems: { mount: string }[] };
      };
      const late = unknown.filter(({ kind }) => kind === 'timeout');
      expect(late.length).toBeGreaterThan(0);
      expect(late.filter(({ reason }) => !reason.includes(join(folder, 'hung')))).toEqual([]);
      expect(system.filesystems.map(({ mount }) => mount)).toContain('/');
      expect(lived_ms).toBeLessThan(6_000);
    });
  },
);
