import { describe, expect, it } from 'vitest';
import { rqliteSummary } from '../../src/cli/monitor/json/rqlite-summary.ts';
import type { Snapshot } from '../../src/core/snapshot.ts';
import { SUBSYSTEMS } from '../../src/subsystems/all.gen.ts';
import { casesOf, snapshotOf } from '../cases/case.ts';

async function recorded(name: string): Promise<Snapshot> {
  const [rqlite] = SUBSYSTEMS.filter((each) => each.name === 'rqlite');
  const folder = new URL('../../src/subsystems/rqlite/cases/', import.meta.url).pathname;
  const [found] = casesOf(rqlite as never, folder).filter((each) => each.folder.endsWith(`/${name}`));
  return (await snapshotOf(found as never)).snapshot;
}

function votersOf(snapshot: Snapshot): string | null {
  return rqliteSummary(snapshot, snapshot.nodes).rqlite_voters;
}

describe('the voters in the report for language models', () => {
  it('are those that are alive, of all', async () => {
    expect(votersOf(await recorded('healthy'))).toBe('3/3');
    expect(votersOf(await recorded('broken-follower-stopped'))).toBe('2/3');
  });

  it('count one whose node gave no report at all', async () => {
    const snapshot = await recorded('broken-follower-stopped');
    const gone = { cause: 'timeout', message: 'connection timed out after 5 s', next: '' } as const;
    const nodes = snapshot.nodes.map((node) => (node.name === 'ns3' ? { ...node, report: null, failure: gone } : node));
    expect(votersOf({ ...snapshot, nodes })).toBe('2/3');
  });

  it('are not known while no node tells them, nor where nobody has rqlite', async () => {
    const snapshot = await recorded('broken-follower-stopped');
    const silent = snapshot.nodes.filter(({ name }) => name === 'ns3');
    expect(votersOf({ ...snapshot, nodes: silent })).toBeNull();
    expect(rqliteSummary({ ...snapshot, nodes: [] }, [])).toEqual({ rqlite_leader: null, rqlite_voters: null, rqlite_raft_term: null });
  });

  it('are of the whole cluster also where the view shows one node', async () => {
    const snapshot = await recorded('broken-follower-stopped');
    expect(rqliteSummary(snapshot, snapshot.nodes.slice(0, 1)).rqlite_voters).toBe('2/3');
  });
});
