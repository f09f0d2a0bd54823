import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { listening } from '../contracts/host/places.ts';
import { ended, home, startWard, useWard, ward } from './run-ward.ts';

useWard();
const RECORDED = new URL('../../demo/fleet/012/', import.meta.url).pathname;
const ORIGINAL = JSON.stringify({
  timestamp: new Date().toISOString(),
  hostname: 'old1',
  version: '0.107.0',
  collect_ms: 500,
  system: {
    cpu_count: 2,
    load_avg_1: 0.2,
    mem_total_mb: 4000,
    mem_used_mb: 900,
    disk_total_gb: '78G',
    disk_used_gb: '76G',
    disk_avail_gb: '2G',
    disk_use_pct: 97,
  },
  services: { services: [], failed_units: [] },
});

const folder = () => mkdtempSync(join(home, 'reports-'));

/** The nodes of a round, each with how it was read. */
async function nodesOf(words: readonly string[], input = ''): Promise<Record<string, string>> {
  const child = startWard(['monitor', 'cluster', '--json', ...words], {}, ['pipe', 'pipe', 'pipe']);
  child.stdin?.end(input);
  const { stdout } = await ended(child);
  const nodes = JSON.parse(stdout) as { name: string; via: string; error: string | null }[];
  return Object.fromEntries(nodes.map(({ name, via, error }) => [name, error ?? via]));
}

describe('ward monitor --from', () => {
  it('reads reports of ward and of the original from a folder, mixed, each under its file’s name', async () => {
    const place = folder();
    copyFileSync(join(RECORDED, 'ns1.json'), join(place, 'ns1.json'));
    writeFileSync(join(place, 'older.json'), ORIGINAL);
    writeFileSync(join(place, 'notes.txt'), 'no report');
    expect(await nodesOf(['--from', place])).toEqual({ ns1: 'ward', older: 'orama' });
  });

  it('reads files and standard input, which goes by the host names in it, together', async () => {
    const line = JSON.stringify(JSON.parse(readFileSync(join(RECORDED, 'vm4.json'), 'utf8')));
    const input = `${line}\n${ORIGINAL}\n`;
    expect(await nodesOf(['--from', join(RECORDED, 'ns2.json'), '--from', '-'], input)).toEqual({
      ns2: 'ward',
      vm4: 'ward',
      old1: 'orama',
    });
  });

  it('judges them as if they had been asked for', async () => {
    const place = folder();
    writeFileSync(join(place, 'older.json'), ORIGINAL);
    const { exit, stdout } = await ward(['monitor', 'alerts', '--from', place, '--fail-on', 'warning']);
    expect(stdout).toContain('97%');
    expect(exit).toBe(1);
  });

  it('shows what is no report as a node without one, and the others whole', async () => {
    const place = folder();
    for (const name of readdirSync(RECORDED)) copyFileSync(join(RECORDED, name), join(place, name));
    writeFileSync(join(place, 'ns1.json'), '{"half": ');
    expect(await nodesOf(['--from', place])).toMatchObject({ ns1: expect.stringContaining('no report'), ns2: 'ward' });
  });

  it('stands for nodes of an inventory, which keep their roles and are not asked', async () => {
    const place = folder();
    copyFileSync(join(RECORDED, 'ns2.json'), join(place, 'ns2.json'));
    const config = join(place, 'nodes.yaml');
    writeFileSync(config, 'environments:\n  lab:\n    nodes:\n      ns2: {address: 192.0.2.1, role: nameserver}\n', { mode: 0o600 });
    const { stdout } = await ward(['monitor', 'cluster', '--json', '--config', config, '--from', join(place, 'ns2.json')]);
    expect(JSON.parse(stdout)).toMatchObject([{ name: 'ns2', role: 'nameserver', via: 'ward', error: null }]);
  });

  it('keeps an inspection from trying anything from a node that is not to be asked', async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    const to = await listening(server);
    const place = folder();
    copyFileSync(join(RECORDED, 'ns1.json'), join(place, 'ns1.json'));
    const config = join(place, 'nodes.yaml');
    const [, port] = to.split(':');
    writeFileSync(config, `environments:\n  lab:\n    nodes:\n      ns1: {address: 127.0.0.1, port: ${port}}\n`, { mode: 0o600 });
    const { stdout } = await ward(['inspect', '--json', '--config', config, '--from', place]);
    const { checks } = JSON.parse(stdout) as { checks: { id: string; status: string }[] };
    expect(connections).toBe(0);
    expect(checks.filter(({ id }) => id === 'network.wg_mesh_ping').map(({ status }) => status)).toEqual(['skip']);
  });

  it('stops reading where more comes than reports can be', async () => {
    let offered = 0;
    const endless = function* () {
      for (const mebibyte = Buffer.alloc(2 ** 20, ' '); offered < 400; offered += 1) yield mebibyte;
    };
    const child = startWard(['monitor', 'cluster', '--from', '-'], {}, ['pipe', 'pipe', 'pipe']);
    const taken = pipeline(Readable.from(endless()), child.stdin as Writable).catch(() => undefined);
    const [{ exit, stderr }] = await Promise.all([ended(child), taken]);
    expect([exit, stderr]).toEqual([3, expect.stringContaining('standard input: this report cannot be taken: it is longer than 128 MiB')]);
    expect(offered).toBeLessThan(160);
    expect(await ward(['monitor', 'cluster', '--from', '/dev/zero'])).toMatchObject({
      exit: 3,
      stderr: expect.stringContaining('it is longer than 8 MiB, as no report is'),
    });
  });

  it('refuses with exit 3 a place where nothing is, an empty folder, and two reports of one node', async () => {
    const empty = folder();
    mkdirSync(join(empty, 'more'));
    for (const [words, said] of [
      [['--from', join(empty, 'gone')], 'ENOENT'],
      [['--from', empty], 'no .json file is in it'],
      [['--from', RECORDED, '--from', join(RECORDED, 'ns1.json')], 'both reports of ns1'],
    ] as const) {
      const { exit, stderr } = await ward(['monitor', 'cluster', ...words]);
      expect([exit, stderr]).toEqual([3, expect.stringContaining(said)]);
    }
  });
});
