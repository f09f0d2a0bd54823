import { beforeAll, describe, expect, it } from 'vitest';
import { cells } from '../../src/cli/render/cells.ts';
import { rowText } from '../../src/tui/screen/painter.ts';
import { paletteOf } from '../../src/tui/screen/palette.ts';
import type { Look } from '../../src/tui/look.ts';
import { screenOn, story } from './story.ts';

/** What is pressed to come to each screen. */
const SCREENS: Readonly<Record<string, readonly string[]>> = {
  overview: [],
  nodes: ['2', 'j'],
  services: ['3'],
  mesh: ['4', 'j'],
  dns: ['5'],
  namespaces: ['6'],
  containers: ['7'],
  alerts: ['8'],
  'alert-page': ['8', 'j', 'enter'],
  'node-page': ['2', 'j', 'enter'],
  'row-page': ['7', 'enter'],
  'log-page': ['7', 'L'],
  filter: ['7', '/', 's', 'h', 'o', 'p'],
  command: [':', 'n', 'o'],
  help: ['?'],
};
const SIZES: readonly (readonly [columns: number, rows: number])[] = [
  [80, 24],
  [140, 40],
  [200, 50],
];

let look: Look;
beforeAll(async () => {
  look = await story();
});

const golden = (name: string) => new URL(`goldens/${name}`, import.meta.url).pathname;

describe('the recorded fleet', () => {
  it.each(Object.entries(SCREENS).flatMap(([name, keys]) => SIZES.map(([columns, rows]) => ({ name, keys, columns, rows }))))(
    'shows $name in $columns x $rows as on record',
    async ({ name, keys, columns, rows }) => {
      const text = screenOn(look, columns, rows)
        .press(...keys)
        .text();
      const lines = text.split('\n').slice(0, -1);
      expect(lines).toHaveLength(rows);
      expect(lines.filter((line) => cells(line) > columns)).toEqual([]);
      await expect(text).toMatchFileSnapshot(golden(`${name}-${columns}.txt`));
    },
  );

  it.each([
    ['an alert', ['8', 'j', 'enter']],
    ['a node', ['2', 'j', 'enter']],
    ['a row', ['7', 'enter']],
  ] as const)('shows the whole next step on the page of %s, however much ssh needs to be told', async (what, keys) => {
    const way = '-i /home/operator/.ssh/keys/production/id_ed25519 -p 2222 -J jump.example.net operator@';
    const reach = new Map([...look.reach.keys()].map((name) => [name, `${way}${name}.example.net`]));
    const on = screenOn({ ...look, reach }, 80, 48).press(...keys);
    const { step } = on.screen();
    const bare = (text: string) => text.replace(/\s/g, '');
    expect(step?.text).toContain(way);
    expect(bare(on.text())).toContain(bare(step?.text ?? '?'));
    await expect(on.text()).toMatchFileSnapshot(golden(`long-step-${what.split(' ')[1]}-80.txt`));
  });

  it('shows the same in ASCII alone where the terminal has nothing else', async () => {
    const text = screenOn(look, 120, 40, { ascii: true }).text();
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    await expect(text).toMatchFileSnapshot(golden('overview-ascii.txt'));
  });

  it.each(['true', '256', '16', 'mono'] as const)('is coloured as on record in depth %s', async (depth) => {
    const palette = paletteOf(depth, 'dark');
    const { rows } = screenOn(look, 120, 40, { colours: depth === 'mono' ? 'mono' : 'colour' })
      .press('j')
      .screen();
    const text = rows.map((row) => `${rowText(row, 120, palette)}\n`).join('');
    expect(text.includes('38;')).toBe(depth === 'true' || depth === '256');
    await expect(text).toMatchFileSnapshot(golden(`overview-${depth}.ans`));
  });

  it('says the worst of each screen without any colour too', () => {
    const text = screenOn(look, 120, 40, { colours: 'mono' }).text();
    expect(text).toMatch(/^ {2}✗ \d+ critical/);
    expect(text).toMatch(/ns3 +✗ unreachable/);
  });

  it('says so in a window that is too small, and only that', () => {
    const text = screenOn(look, 42, 12).text();
    expect(text.replaceAll('\n', '')).toBe('This window is 42 x 12; ward needs 60 x 15. Make it larger, or: ward monitor alerts');
  });

  it.each([
    [60, 15],
    [61, 16],
    [99, 20],
    [100, 24],
    [179, 33],
    [180, 60],
    [300, 100],
  ])('fits exactly into %i x %i on every tab and page', (columns, rows) => {
    for (const keys of Object.values(SCREENS)) {
      const lines = screenOn(look, columns, rows)
        .press(...keys)
        .text()
        .split('\n')
        .slice(0, -1);
      expect(lines).toHaveLength(rows);
      expect(lines.filter((line) => cells(line) > columns)).toEqual([]);
    }
  });
});
