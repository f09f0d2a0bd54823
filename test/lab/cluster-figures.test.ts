import { describe, expect, it } from 'vitest';
import { compare } from '../../lab/verify/compare.ts';
import type { Figure } from '../../lab/verify/figure.ts';
import { cacheOf } from '../../lab/verify/olric.ts';
import { DATABASE } from '../../lab/verify/rqlite.ts';

const HOST = { name: 'ns2', machine: 'wlab0ns2', address: '172.31.40.12', mesh_address: '10.0.0.2', role: 'nameserver' } as const;

/** Of each figure of these, what the lab reads out of an output. */
function read(figures: readonly Figure[], path: string, output: string): unknown {
  const figure = figures.find((each) => each.path === path);
  return figure === undefined ? undefined : compare({}, [figure], new Map([[figure.command, output]]))[0]?.host;
}

const STATS = '{"member":{"name":"10.0.0.2:3320"},"cluster_coordinator":{"name":"10.0.0.1:3320"},"partitions":{"0":{},"7":{}}}';

/** As Olric 0.7 answers STATS, CLUSTER.MEMBERS and PING. */
const OLRIC = [
  ...[`$${STATS.length}`, STATS, '*2'],
  ...['*3', '$13', '10.0.0.2:3320', ':1795642452600650642', '$5', 'false'],
  ...['*3', '$13', '10.0.0.1:3320', ':1795642452600650641', '$4', 'true', '+PONG'],
].join('\r\n');

describe("the lab's own look at a cluster", () => {
  it('reads members, coordinator and partitions of Olric', () => {
    const figures = cacheOf(HOST);
    expect(read(figures, 'olric.members', OLRIC)).toEqual(['10.0.0.1:3320', '10.0.0.2:3320']);
    expect(read(figures, 'olric.coordinator', OLRIC)).toBe('10.0.0.1:3320');
    expect(read(figures, 'olric.partitions', OLRIC)).toBe(2);
  });

  it('takes an Olric that did not answer to the end for one that says nothing', () => {
    expect(read(cacheOf(HOST), 'olric.responsive', '')).toBe(false);
    expect(read(cacheOf(HOST), 'olric.coordinator', '')).toBe('');
  });

  it('reads a strong read by its value', () => {
    const answer = (value: number) => `{"results":[{"columns":["41+1"],"types":["integer"],"values":[[${value}]]}]}`;
    expect(read(DATABASE, 'rqlite.strong_read', answer(42))).toBe(true);
    expect(read(DATABASE, 'rqlite.strong_read', 'leader not found')).toBe(false);
  });
});
