import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectAll } from '../../../src/core/collect.ts';
import { PROFILES } from '../../../src/core/profile.ts';
import type { Sample } from '../../../src/core/samples.ts';
import { localHost } from '../../../src/hosts/local.ts';
import { collect } from '../../../src/subsystems/containers/collect.ts';
import type { Containers } from '../../../src/subsystems/containers/section.ts';
import { type Dockerd, startDockerd, whyNoDockerd } from './dockerd.ts';

const why = whyNoDockerd();

describe.skipIf(why !== '')(`a real dockerd${why === '' ? '' : ` (skipped: ${why})`}`, () => {
  let dockerd: Dockerd;

  beforeAll(async () => {
    dockerd = await startDockerd();
    const run = (...words: string[]) => dockerd.docker('run', '-d', '--network', 'none', ...words);
    const probe = (command: string) => ['--health-cmd', command, '--health-interval', '1s', '--health-retries', '1'];
    await run(
      '--name',
      'healthy',
      '--memory',
      '64m',
      '--label',
      'com.docker.compose.project=shop',
      ...probe('true'),
      'ward/base',
      'sleep',
      '1000',
    );
    await run('--name', 'unhealthy', ...probe('false'), 'ward/base', 'sh', '-c', 'echo "café ✓"; sleep 1000');
    await run('--name', 'restarting', '--restart', 'always', 'ward/base', 'false');
    await run('--name', 'killed', '--memory', '8m', '--memory-swap', '8m', 'ward/base', 'tail', '/dev/zero');
  }, 90_000);

  afterAll(() => dockerd?.stop(), 60_000);

  async function look(earlier: Sample | null = null) {
    const profile = { ...PROFILES.default, containers: { sockets: [dockerd.socket] } };
    const { sections, sample, states, unknown } = await collectAll({ containers: collect }, localHost(10_000), profile, earlier);
    return { section: sections['containers'] as Containers | null, sample, state: states['containers'], unknown };
  }

  const seen = async (name: string) => (await look()).section?.containers?.find((each) => each.name === name) ?? null;

  it('tells health, restarts and kills as the engine does', async () => {
    const within = { timeout: 30_000 };
    await expect.poll(() => seen('healthy'), within).toMatchObject({ health: { status: 'healthy' } });
    await expect.poll(() => seen('unhealthy'), within).toMatchObject({ health: { status: 'unhealthy' } });
    await expect.poll(async () => (await seen('restarting'))?.restarts, within).toBeGreaterThan(1);
    await expect.poll(() => seen('killed'), within).toMatchObject({ oom_killed: true, ended: { exit_code: 137 } });
  }, 90_000);

  it('tells limits, labels and memory, and the last lines of what is sick', async () => {
    const { section } = await look();
    const healthy = section?.containers?.find(({ name }) => name === 'healthy');
    expect(healthy).toMatchObject({ memory_limit_bytes: 64 * 2 ** 20, no_memory_limit: false, compose: { project: 'shop', service: '' } });
    expect(healthy?.memory_bytes).toBeGreaterThan(0);
    expect(section?.logs?.find(({ name }) => name === 'unhealthy')?.lines).toEqual(['café ✓']);
  });

  it('that hangs costs the section and no more than its deadline', async () => {
    dockerd.process.kill('SIGSTOP');
    const begun_ms = performance.now();
    const { state, unknown } = await look().finally(() => dockerd.process.kill('SIGCONT'));
    expect(state).toBe('unknown');
    expect(unknown).toMatchObject([{ path: 'containers', kind: 'timeout' }]);
    expect(performance.now() - begun_ms).toBeLessThan(6_000);
  }, 20_000);
});
