import { describe, expect, it } from 'vitest';
import { node, report } from '../../cli/fleet.ts';
import { inspected } from '../../inspect/fleet.ts';
import { type Part, standing } from './fleet.ts';

function snapshotCheck(part: Part): string | undefined {
  const rqlite = standing('ns1', ['ns1', 'ns2', 'ns3'], part);
  return inspected([node('ns1', report({ rqlite }))]).find(({ id }) => id === 'rqlite.has_snapshot')?.status;
}

describe('the check for a snapshot', () => {
  it('passes a young database, whose log is shorter than what rqlite makes a snapshot of', () => {
    expect(snapshotCheck({ last_snapshot_index: 0, applied_index: 12 })).toBe('pass');
  });

  it('warns of a long log without one', () => {
    expect(snapshotCheck({ last_snapshot_index: 0, applied_index: 40_000 })).toBe('warn');
  });
});
