import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { PUBLISHED } from '../../scripts/schemas/published.ts';
import { SSHD } from '../fleet/sshd.ts';
import { filesystem, report, system } from './fleet.ts';
import { PAYLOADS } from './payloads.ts';
import { ended, startWard, useWard, ward } from './run-ward.ts';
import { type ServedFleet, serveFleet } from './served-fleet.ts';

useWard();

const well = () => report({ system: system() }, { hostname: 'ns1' });
const full = () => report({ system: system({ filesystems: [filesystem('/', 91)] }) }, { hostname: 'ns2' });

/** Waits until the text has come; the process's end ends the wait as well. */
function untilSaid(stream: NodeJS.ReadableStream | null, text: string | RegExp): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (typeof text === 'string' ? said.includes(text) : text.test(said)) resolve();
    });
    stream?.on('end', () => reject(new Error(`it ended and only said: ${said}`)));
  });
}

/** Command lines of the ssh that still run for this inventory. */
function sshOf(config: string): string[] {
  const lines = readdirSync('/proc').flatMap((pid) => {
    try {
      return /^\d+$/.test(pid) ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')] : [];
    } catch {
      return [];
    }
  });
  return lines.filter((line) => /^\S*ssh /.test(line) && line.includes(dirname(config)));
}

describe.skipIf(SSHD === null)(`ward monitor over real ssh${SSHD === null ? ' (skipped: no sshd on this machine)' : ''}`, () => {
  let fleet: ServedFleet;
  beforeAll(async () => {
    fleet = await serveFleet({ ns1: well(), ns2: full() });
  });
  afterEach(() => {
    fleet.answer('ns1', well());
    fleet.answer('ns2', full());
  });
  afterAll(() => fleet.stop());
  const monitor = (...words: string[]) => ward(['monitor', ...words, '--config', fleet.config]);

  it('shows both machines and what is wrong, and ends with 0 unless told to fail', async () => {
    const { exit, stdout } = await monitor('cluster');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^✗ 1 critical +testnet, 2 of 2 nodes answered in/);
    expect(stdout).toMatch(/^ns2 +✗ critical +Disk \/ is 91% full: 7\.0 GiB of 78 GiB left$/m);
  });

  it.each([
    ['alerts', [], 1],
    ['alerts', ['--fail-on', 'never'], 0],
    ['alerts', ['--node', 'ns1'], 0],
    ['cluster', ['--fail-on', 'critical'], 1],
    ['cluster', ['--fail-on', 'warning'], 1],
    ['node', [], 0],
  ])('%s %j ends with %i', async (view, words, exit) => {
    expect((await monitor(view, ...words)).exit).toBe(exit);
  });

  it('answers Nagios in one line with its exit code', async () => {
    const { exit, stdout } = await monitor('alerts', '--nagios');
    expect(exit).toBe(2);
    expect(stdout).toBe(
      'WARD CRITICAL - 1 critical, 0 warnings on 2 nodes; ns2: Disk / is 91% full: 7.0 GiB of 78 GiB left | critical=1;;1;0 warning=0;1;;0 info=0;;;0 nodes=2;;;0 failed=0;;;0\n',
    );
    expect(await monitor('alerts', '--nagios', '--node', 'ns1')).toMatchObject({ exit: 0, stdout: expect.stringMatching(/^WARD OK - /) });
  });

  it.each([
    ['cluster', 'monitor-cluster'],
    ['node', 'monitor-node'],
    ['alerts', 'monitor-alerts'],
    ['service', 'monitor-subsystem'],
    ['mesh', 'monitor-subsystem'],
    ['dns', 'monitor-subsystem'],
    ['report', 'monitor-report'],
  ] as const)('prints %s as JSON that its published schema describes, with not one key more', async (view, name) => {
    const { stdout } = await monitor(view, '--json');
    const value: unknown = JSON.parse(stdout);
    expect(PUBLISHED[name].parse(value)).toEqual(value);
  });

  it('prints the same as YAML', async () => {
    const [json, yaml] = await Promise.all([monitor('alerts', '--json'), monitor('alerts', '-o', 'yaml')]);
    expect(parse(yaml.stdout)).toEqual(JSON.parse(json.stdout));
  });

  it('keeps the keys of the original in the rows of cluster, alerts and report', async () => {
    const [rows, alerts, document] = await Promise.all([monitor('cluster', '--json'), monitor('alerts', '--json'), monitor('report')]);
    expect(JSON.parse(rows.stdout)).toMatchObject([
      {
        host: '127.0.2.1',
        role: 'node',
        mem_pct: 48,
        disk_pct: 57,
        rqlite_state: null,
        wg_up: null,
        services: null,
        status: 'healthy',
        error: null,
      },
      { host: '127.0.2.2', status: 'critical' },
    ]);
    expect(JSON.parse(alerts.stdout)).toMatchObject([
      { severity: 'critical', subsystem: 'system', node: 'ns2', message: expect.stringContaining('91% full') },
    ]);
    expect(JSON.parse(document.stdout)).toMatchObject({
      meta: { environment: 'testnet', node_count: 2, healthy_count: 1, failed_count: 0 },
      summary: { rqlite_leader: null, critical_alerts: 1, warning_alerts: 0, info_alerts: 0 },
      nodes: [
        { host: '127.0.2.1', status: 'healthy', collection_ms: 526, report: { hostname: 'ns1' } },
        { host: '127.0.2.2', status: 'critical' },
      ],
    });
  });

  it('says which node did not answer on standard error, and ends with 4 though one is critical', async () => {
    fleet.answer('ns1', null);
    const { exit, stdout, stderr } = await monitor('alerts', '--timeout', '8');
    expect(exit).toBe(4);
    expect(stderr).toMatch(/^ward: 1 of 2 nodes answered; ns1: .+\n {6}Why: ward monitor alerts --config \S+ --node ns1$/m);
    expect(stdout).toMatch(/^ns2 +✗ critical/m);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends at once on %s with %i and leaves no ssh behind', async (signal, exit) => {
    fleet.answer('ns1', null);
    const child = startWard(['monitor', '--config', fleet.config, '--watch', '1', '--timeout', '20']);
    const end = ended(child);
    await untilSaid(child.stderr, 'configuration');
    while (sshOf(fleet.config).length === 0) await nextTurn();
    child.kill(signal);
    expect((await end).exit).toBe(exit);
    // What was killed is gone when the kernel has come to it.
    await vi.waitUntil(() => sshOf(fleet.config).length === 0, { timeout: 10_000 });
  });

  it('takes round after round with --watch, and what changed meanwhile is in the next', async () => {
    const child = startWard(['monitor', 'alerts', '--config', fleet.config, '--watch', '1']);
    const end = ended(child);
    await untilSaid(child.stdout, '91% full');
    fleet.answer('ns2', report({ system: system() }, { hostname: 'ns2' }));
    await untilSaid(child.stdout, 'Nothing is wrong on the 2 nodes read.');
    child.kill('SIGINT');
    expect((await end).exit).toBe(130);
  });

  it('bad inputs 97 to 104: prints nothing of what a machine sends that a terminal would obey', async () => {
    const all = Object.values(PAYLOADS).map((text) => text.slice(0, 40));
    const unknown = all.map((reason, at) => ({ path: `system.x${at}`, kind: 'failed' as const, reason }));
    fleet.answer(
      'ns1',
      report(
        { system: system({ os_name: all.join(''), filesystems: all.map((mount) => filesystem(`/${mount}`, 95)) }) },
        { hostname: all[0] ?? '', unknown },
      ),
    );
    for (const words of [['cluster'], ['alerts'], ['node'], ['system'], ['report'], ['alerts', '-o', 'yaml']]) {
      const { stdout, stderr } = await monitor(...words, '--node', 'ns1');
      expect(stdout.length).toBeGreaterThan(200);
      expect(stdout + stderr).not.toMatch(
        /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\u{e0000}-\u{e0fff}]/u,
      );
      expect(stdout).not.toMatch(/^ns9/m);
    }
  });
});
