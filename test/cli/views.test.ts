import { describe, expect, it } from 'vitest';
import { viewNamed, viewNames } from '../../src/cli/monitor/views/view-named.ts';
import type { Wants } from '../../src/cli/monitor/wants.ts';
import { cells } from '../../src/cli/render/cells.ts';
import { pageText } from '../../src/cli/render/page.ts';
import type { Terminal } from '../../src/cli/render/terminal.ts';
import type { NodeSnapshot } from '../../src/core/snapshot.ts';
import { CAST, filesystem, node, report, round, system, wants } from './fleet.ts';

const plain = (width: number | null): Terminal => ({ width, colours: 'none', ascii: false });

async function drawn(terminal: Terminal, asked: Wants, nodes: readonly NodeSnapshot[] = CAST, shown?: readonly string[]): Promise<string> {
  const view = await viewNamed(asked.view);
  const reach = new Map(nodes.map(({ name, host }) => [name, host]));
  return pageText(terminal, view.page(round(nodes, shown), { terminal, wants: asked, reach }));
}

/** A command to copy is never broken, so its line may be longer; the terminal breaks it without a trace. */
const widest = (text: string) =>
  Math.max(
    ...text
      .split('\n')
      .filter((line) => !/^ +next /.test(line))
      .map(cells),
  );

describe('views of a fleet', () => {
  it.each(['cluster', 'alerts'])('%s stands on record at 80, 140 and 200 cells, and without a terminal', async (name) => {
    for (const width of [80, 140, 200, null]) {
      const text = await drawn(plain(width), wants(name));
      expect(widest(text)).toBeLessThanOrEqual(width ?? Number.POSITIVE_INFINITY);
      await expect(text).toMatchFileSnapshot(`goldens/${name}-${width ?? 'piped'}.txt`);
    }
  });

  it('shows a node on a page of its own: what is wrong with the next step, meters, and a line for each subsystem', async () => {
    const lines = (await drawn(plain(100), wants('node', { node: ['ns2'] }), CAST, ['ns2'])).split('\n');
    expect(lines[2]).toMatch(/^ns2 {2}nameserver, ns2\.example\.net, ward 1\.4\.0 .*Debian 12, kernel 6\.1\.0-28, up 41 days$/);
    expect(lines[4]).toBe('system      ✗ critical     Disk / is 91% full: 7.0 GiB of 78 GiB left');
    expect(lines[5]).toBe('                     next  ssh ns2.example.net sudo du -xhd2 / | sort -h | tail -15');
    expect(lines).toContain('Disk /        91%  ━━━━━━━━━━━━━━━━━━──  7.0 of 78 GiB left, inodes 23%');
    expect(lines.find((line) => line.startsWith('services '))).toMatch(/^services +\? unknown {6}the report does not have it$/);
  });

  it('spends colour on what is wrong, and says the same without colour and in ASCII', async () => {
    await expect(await drawn({ width: 100, colours: 'colour', ascii: false }, wants('cluster'))).toMatchFileSnapshot(
      'goldens/cluster-colour.ans',
    );
    await expect(await drawn({ width: 100, colours: 'mono', ascii: false }, wants('cluster'))).toMatchFileSnapshot(
      'goldens/cluster-no-color.ans',
    );
    const ascii = await drawn({ width: 100, colours: 'none', ascii: true }, wants('cluster'));
    expect(ascii).toMatch(/^[\x20-\x7e\n]*$/);
    await expect(ascii).toMatchFileSnapshot('goldens/cluster-ascii.txt');
  });

  it('orders nodes worst first, and calls none healthy of which something could not be read', async () => {
    const text = await drawn(plain(null), wants('cluster'));
    const rows = text
      .split('\n')
      .filter((line) => /^(ns|vm)\d/.test(line))
      .slice(0, 5)
      .map((line) => line.split(/ {2,}/).slice(0, 2).join(' '));
    expect(rows).toEqual(['ns3 ✗ unreachable', 'ns2 ✗ critical', 'vm4 ! warning', 'vm5 ? partial', 'ns1 ✓ healthy']);
  });

  it('shows one node, and says how the rest of the fleet is', async () => {
    const text = await drawn(plain(120), wants('cluster', { node: ['ns1'] }), CAST, ['ns1']);
    expect(text).toContain('the fleet: 2 critical, 1 warning');
    expect(text).not.toMatch(/^ns2/m);
  });

  it('drops whole columns before it cuts a figure, and never cuts an address', async () => {
    const far = CAST.map((each) => ({ ...each, host: '2001:db8:1111:2222:3333:4444:5555:6666' }));
    expect(await drawn(plain(80), wants('cluster'), far)).not.toContain('2001:db8');
    expect(await drawn(plain(200), wants('cluster'), far)).toContain('2001:db8:1111:2222:3333:4444:5555:6666');
  });

  it('folds healthy rows of a long table on a terminal only', async () => {
    const many = [...CAST, ...Array.from({ length: 60 }, (_, at) => node(`web${at}`, report({ system: system() })))];
    const folded = await drawn(plain(120), wants('cluster'), many);
    expect(folded).toContain('61 more rows in which nothing is wrong; --all lists them.');
    expect(folded).not.toContain('web7 ');
    for (const text of [await drawn(plain(null), wants('cluster'), many), await drawn(plain(120), wants('cluster', { all: true }), many)]) {
      expect(text).toMatch(/^web7 /m);
    }
  });

  it('wraps a sentence under its own column and loses no word of it', async () => {
    const mount = '/srv/a-very-long-name/that goes on and on/until the terminal ends/and then on again';
    const nodes = [node('ns2', report({ system: system({ filesystems: [filesystem(mount, 95)] }) }))];
    const narrow = await drawn(plain(60), wants('alerts'), nodes);
    expect(widest(narrow)).toBeLessThanOrEqual(60);
    expect(narrow.replace(/\s+/g, ' ')).toContain(`Disk ${mount} is 95% full`);
  });

  it('offers every subsystem under its own name, and two under the names that people know from the original', async () => {
    expect(await viewNames()).toEqual(expect.arrayContaining(['cluster', 'node', 'service', 'mesh', 'dns', 'system', 'alerts', 'report']));
    expect(await drawn(plain(null), wants('system'))).toMatch(/^ns2 +✗ critical +disk \/ 91% full/m);
    expect(await drawn(plain(null), wants('mesh'))).toContain('No WireGuard on the 4 nodes read.');
  });

  it('says that nothing is wrong only where everything was read', async () => {
    expect(await drawn(plain(null), wants('alerts'), CAST.slice(0, 1))).toContain('Nothing is wrong on the node read.');
    expect(await drawn(plain(null), wants('alerts'), CAST.slice(4))).toContain('Nothing wrong was found in what was read of the node.');
  });
});
