import { beforeAll, describe, expect, it } from 'vitest';
import { areMade, listsOf } from '../../src/tui/content.ts';
import type { Fleet } from '../../src/tui/fleet.ts';
import type { Frame, Look } from '../../src/tui/look.ts';
import { screenText } from '../../src/tui/save-screen.ts';
import { screenOf } from '../../src/tui/screen.ts';
import { firstUi, type Ui } from '../../src/tui/ui.ts';
import { fleetFor, snapshotOf, story } from './story.ts';

const CONTAINERS: Ui = { ...firstUi(true, 30), tab: 6 };
const PUT_TOGETHER = 'This list is still being put together.';

let recorded: Look;
beforeAll(async () => {
  recorded = await story();
});

/** A frame that waits so long for lists that are not made yet. */
function frameOf(patience_ms: number): Frame {
  const terminal = { width: 120, colours: 'colour', ascii: false } as const;
  return { terminal, columns: 120, rows: 40, now_ms: recorded.round.snapshot.taken_at_ms, utc: true, patience_ms };
}

function text(look: Look, ui: Ui, patience_ms: number): string {
  return screenText(screenOf(look, ui, frameOf(patience_ms), new Map()).rows);
}

/** A fleet that has read the recording's last round, for its first time. */
async function fleetOfRecording(): Promise<Fleet> {
  const { nodes } = recorded.round.snapshot;
  const fleet = fleetFor(nodes.map(({ name }) => name));
  await fleet.end(snapshotOf(nodes, recorded.round.snapshot.taken_at_ms));
  return fleet;
}

describe('a list that takes longer than a frame can wait', () => {
  it('says so, also behind a filter, and is there once it is made', async () => {
    const look = (await fleetOfRecording()).look();
    expect(text(look, CONTAINERS, 0)).toContain(PUT_TOGETHER);
    expect(text(look, { ...CONTAINERS, filter: 'shop' }, 0)).toContain(PUT_TOGETHER);
    expect(text(look, CONTAINERS, Infinity)).toContain('Containers 15');
    expect(text(look, CONTAINERS, 0)).toContain('Containers 15');
  });

  it('is made a little at a time, whatever little that is', async () => {
    const look = (await fleetOfRecording()).look();
    let turns = 0;
    for (; !areMade(look, CONTAINERS, frameOf(0)); turns += 1) listsOf(look, CONTAINERS, frameOf(0.001));
    expect(turns).toBeGreaterThan(1);
    expect(text(look, CONTAINERS, 0)).toBe(text((await fleetOfRecording()).look(), CONTAINERS, Infinity));
  });

  it('stays as it was in the last round until it is made anew', async () => {
    const fleet = await fleetOfRecording();
    const before = text(fleet.look(), CONTAINERS, Infinity);
    const { nodes, taken_at_ms } = recorded.round.snapshot;
    const silent = nodes.map((node) => ({ ...node, report: null }));
    await fleet.end(snapshotOf(silent, taken_at_ms));
    expect(text(fleet.look(), CONTAINERS, 0)).toContain('Containers 15');
    expect(before).toContain('Containers 15');
    expect(text(fleet.look(), CONTAINERS, Infinity)).not.toContain('Containers 15');
  });
});

it('while the next round runs, what was read before still counts as read', async () => {
  const { nodes, taken_at_ms } = recorded.round.snapshot;
  const calm = nodes.flatMap((node) => {
    const { name, report } = node;
    if (name !== 'vm5' || report === null) return [];
    return [{ ...node, report: { ...report, wireguard: null, states: { ...report.states, wireguard: 'absent' as const } } }];
  });
  const fleet = fleetFor(['vm5']);
  await fleet.end(snapshotOf(calm, taken_at_ms));
  fleet.begin(taken_at_ms + 30_000);
  await fleet.refresh(taken_at_ms + 30_200);
  expect(text(fleet.look(), firstUi(true, 30), Infinity)).toContain('Nothing is wrong on the node read.');
});
