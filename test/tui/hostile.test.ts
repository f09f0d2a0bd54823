import { beforeAll, describe, expect, it } from 'vitest';
import { cells } from '../../src/cli/render/cells.ts';
import { copied } from '../../src/tui/copied.ts';
import type { Look } from '../../src/tui/look.ts';
import { rowText } from '../../src/tui/screen/painter.ts';
import { paletteOf } from '../../src/tui/screen/palette.ts';
import { type BrokenSections, brokenReports, HARMFUL, nodesWith } from '../cli/broken-fleet.ts';
import { PAYLOADS } from '../cli/payloads.ts';
import { fleetFor, screenOn, snapshotOf } from './story.ts';

const OWN_SGR = /\x1b\[[\d;]*m/g;
/** From each of these screens, every tab. */
const DEEPER: readonly (readonly string[])[] = [[], ['enter'], ['n'], ['L'], [':', 'n']];
const SIZES = [
  [80, 24, true],
  [200, 50, false],
] as const;
const PALETTE = paletteOf('true', 'dark');

let broken: readonly BrokenSections[];
beforeAll(async () => {
  broken = await brokenReports();
});

/** Two rounds: in the second half of the nodes is gone, so that there are changes and last known values. */
async function lookWith(payload: string): Promise<Look> {
  const nodes = nodesWith(payload, broken);
  const fleet = fleetFor(nodes.map(({ name }) => name));
  await fleet.end(snapshotOf(nodes, 1_000_000));
  const gone = nodes.map((node, at) =>
    at % 2 === 0
      ? node
      : { ...node, report: null, failure: { cause: 'other' as const, message: `gone${payload}`, next: `look${payload}` } },
  );
  await fleet.end(snapshotOf(gone, 1_030_000));
  return fleet.look();
}

describe('bad inputs 97 to 104 on the live screen', () => {
  it.each(Object.entries(PAYLOADS))('text of a machine that %s stays in its row and moves nothing', async (_what, payload) => {
    const look = await lookWith(payload);
    for (const [columns, rows, ascii] of SIZES) {
      const on = screenOn(look, columns, rows, { ascii });
      for (const keys of DEEPER) {
        for (let tab = 1; tab <= 8; tab += 1) {
          const { rows: drawn } = on.press('escape', 'escape', 'escape', String(tab), ...keys).screen();
          expect(drawn).toHaveLength(rows);
          const bad = drawn
            .map((row) => rowText(row, columns, PALETTE).replace(OWN_SGR, ''))
            .filter((line) => HARMFUL.test(line) || cells(line) > columns);
          expect(bad, `tab ${tab}, keys ${keys.join(' ')}`).toEqual([]);
        }
        on.press('escape', 'escape', 'escape');
      }
    }
  });

  it.each(Object.entries(PAYLOADS))(
    'a next step with text that %s reaches the clipboard only if nothing in it is hidden',
    (_what, payload) => {
      const { text } = copied({ text: `ssh ns1 ls ${payload}`, command: true });
      expect(text.slice(1, -1)).not.toMatch(HARMFUL);
      const [, base64 = ''] = /52;c;(.*)\x07$/.exec(text) ?? [];
      expect(Buffer.from(base64, 'base64').toString()).not.toMatch(HARMFUL);
    },
  );
});
