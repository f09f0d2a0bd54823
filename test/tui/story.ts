import type { Terminal } from '../../src/cli/render/terminal.ts';
import { openRecording } from '../../src/fleet/replay.ts';
import type { NodeSnapshot, Snapshot } from '../../src/core/snapshot.ts';
import { plainNode } from '../../src/fleet/inventory/empty.ts';
import type { NodeConfig } from '../../src/fleet/node-config.ts';
import { type Effect, pressed } from '../../src/tui/act.ts';
import { type Fleet, fleetOf } from '../../src/tui/fleet.ts';
import type { Frame, Look } from '../../src/tui/look.ts';
import { screenText } from '../../src/tui/save-screen.ts';
import { type Screen, screenOf } from '../../src/tui/screen.ts';
import { firstUi, type Ui } from '../../src/tui/ui.ts';

/** Where the demo's fleet was recorded. */
export const FOLDER = new URL('../../demo/fleet', import.meta.url).pathname;

/** The demo's fleet after all its rounds. */
export async function story(): Promise<Look> {
  const recording = openRecording(FOLDER);
  const fleet = fleetWith(recording.inventory.nodes);
  for (let at = 0; at < recording.rounds; at += 1) await fleet.end(await recording.round(at));
  return fleet.look();
}

/** A fleet of nodes of which nothing was read yet. */
export function fleetFor(names: readonly string[]): Fleet {
  return fleetWith(names.map((name) => ({ ...plainNode(name, `${name}.example.net`), environment: 'testnet' })));
}

function fleetWith(nodes: readonly NodeConfig[]): Fleet {
  const shown = new Set(nodes.map(({ name }) => name));
  return fleetOf({ nodes, shown, settings: [], environment: 'testnet', environments: ['devnet', 'testnet'], interval_s: 30 }, 0);
}

/** These nodes at one time. */
export function snapshotOf(nodes: readonly NodeSnapshot[], taken_at_ms: number): Snapshot {
  return { environment: 'testnet', taken_at_ms, duration_ms: 900, nodes };
}

const PLAIN: Terminal = { width: null, colours: 'colour', ascii: false };

/** A screen that keys are pressed on, as the session does it, at the time of the last round. */
export function screenOn(look: Look, columns: number, rows: number, terminal: Partial<Terminal> = {}) {
  let ui: Ui = firstUi(true, 30);
  const tops = new Map<string, number>();
  const effects: Effect[] = [];
  const frame = (): Frame => {
    const now_ms = look.round.snapshot.taken_at_ms + 12_000;
    return { terminal: { ...PLAIN, ...terminal, width: columns }, columns, rows, now_ms, utc: ui.utc, patience_ms: Infinity };
  };
  const screen = (): Screen => screenOf(look, ui, frame(), tops);
  return {
    press(...keys: readonly string[]) {
      for (const key of keys) {
        const effect = pressed(key, { look, ui, frame: frame(), screen: screen() });
        if (effect.kind === 'ui') ui = effect.ui;
        else effects.push(effect);
      }
      return this;
    },
    screen,
    text: () => screenText(screen().rows),
    effects,
    ui: () => ui,
  };
}
