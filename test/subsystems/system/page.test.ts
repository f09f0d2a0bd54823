import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { NodeSection } from '../../../src/core/rule.ts';
import { type Block, type Cell, textOf } from '../../../src/core/view.ts';
import { heaviestText } from '../../../src/subsystems/system/page-facts.ts';
import { columns } from '../../../src/subsystems/system/columns.ts';
import type { System } from '../../../src/subsystems/system/section.ts';

const CASES = new URL('../../../src/subsystems/system/cases/', import.meta.url);

function at(path: string): NodeSection<System> {
  return { section: JSON.parse(readFileSync(new URL(path, CASES), 'utf8')) } as NodeSection<System>;
}

function words(cell: Cell): string {
  return typeof cell === 'string' || cell.role === 'plain' ? textOf(cell) : `${cell.text} (${cell.role})`;
}

function line(block: Block): string {
  if (block.kind === 'meter') return `${block.label}: ${block.percent ?? '?'}% ${block.role}, ${words(block.text)}`;
  return block.kind === 'fact' ? `${block.label}: ${words(block.value)}` : block.kind;
}

const page = (path: string) => columns.page?.(at(path)).map(line);
const row = (path: string) => Object.fromEntries((columns.nodes ?? []).map(({ title, cell }) => [title, words(cell(at(path).section))]));

describe('the page of a machine', () => {
  it('is calm where nothing is wrong', () => {
    expect(row('healthy/ns1.json')).toEqual({ CPU: '23%', MEM: '61%', DISK: '63%', STEAL: '0.5%', LOAD: '2.31', UP: '42d' });
    expect(page('healthy/ns1.json')).toEqual([
      'CPU: 22.9% plain, 4 cores, load 2.31 1.98 1.62, steal 0.5% over the last 1 s',
      'Memory: 61% plain, 3.0 of 7.8 GiB available',
      'Swap: 4% plain, 82 MiB of 2.0 GiB, 12 MiB cached',
      'Disk /: 60% plain, 30 of 78 GiB left, inodes 24%',
      '/boot: 35% plain, 289 of 463 MiB left, inodes 1%',
      '/srv/backup: 63% plain, 36 of 100 GiB left, inodes 2%',
      'I/O stalled: 3.34% plain, some task waited for the disk, last 60 s; cpu 1% and memory 0%',
      'Heaviest: rqlited 1.1 GiB and orama-node 640 MiB',
      'OOM kills: none since boot',
      'Clock: synchronised by chrony',
      'Reboot: not required',
      'Disk I/O: sda reads 256K/s, writes 6.2M/s, 38% busy',
    ]);
  });

  it('tells of a process without memory, such as one of the kernel, what it takes of the CPU', () => {
    const heaviest = [
      { pid: 71, name: 'kdamond.0', rss_mb: 0, cpu_pct: 1.4 },
      { pid: 902, name: 'stress', rss_mb: 2, cpu_pct: 190 },
    ];
    expect(heaviestText(heaviest)).toBe('kdamond.0 1.4% CPU and stress 2.0 MiB, 190% CPU');
  });

  it('marks what is over its limit, and nothing else', () => {
    expect(row('broken/vm4.json')).toEqual({
      CPU: '95% (hot-warn)',
      MEM: '94% (hot-warn)',
      DISK: '91% (hot-crit)',
      STEAL: '16% (hot-crit)',
      LOAD: '14.31 (hot-warn)',
      UP: '42d',
    });
    expect(page('broken/vm4.json')?.filter((each) => each.includes('hot'))).toEqual([
      'CPU: 95% hot-warn, 4 cores, load 14.31 9.98 6.62, steal 16% over the last 1 min',
      'Memory: 94% hot-warn, 469 MiB of 7.8 GiB available',
      'Swap: 43% hot-warn, 1.8 of 4.0 GiB, 302 MiB cached',
      'Disk /: 91% hot-crit, 7.0 of 78 GiB left, inodes 24%',
      'OOM kills: 2 since the last report (hot-crit)',
      'RAID: md0 raid1 whole, md1 raid5 degraded, md127 inactive (hot-crit)',
    ]);
  });

  it('shows ? for what could not be read, never 0', () => {
    expect(row('container/shop.json')['MEM']).toBe('? (muted)');
    expect(page('container/shop.json')).toContain('Memory: ?% muted, ? (muted)');
    expect(page('container/shop.json')).toContain('Clock: ? (muted)');
  });
});
