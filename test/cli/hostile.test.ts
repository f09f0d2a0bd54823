import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { roundText } from '../../src/cli/monitor/round-text.ts';
import { viewNamed } from '../../src/cli/monitor/views/view-named.ts';
import { reportPage } from '../../src/cli/node/report-page.ts';
import { cells } from '../../src/cli/render/cells.ts';
import { pageText } from '../../src/cli/render/page.ts';
import { paint } from '../../src/cli/render/paint.ts';
import { tableLines } from '../../src/cli/render/table.ts';
import type { Terminal } from '../../src/cli/render/terminal.ts';
import type { NodeSnapshot } from '../../src/core/snapshot.ts';
import { SUBSYSTEMS } from '../../src/subsystems/all.gen.ts';
import { brokenReports, HARMFUL, nodesWith } from './broken-fleet.ts';
import { round, wants } from './fleet.ts';
import { PAYLOADS } from './payloads.ts';
import { quiet } from './quiet-io.ts';

const TERMINALS: readonly Terminal[] = [
  { width: 80, colours: 'colour', ascii: false },
  { width: 140, colours: 'mono', ascii: false },
  { width: null, colours: 'none', ascii: true },
];
const VIEWS = ['cluster', 'alerts', 'node', 'service', 'mesh', 'dns', 'system', 'network'];

const OWN_SGR = /\x1b\[(?:\d{1,2}(?:;\d{1,2}){0,2})m/g;
const FORGED = /^(?:ns9|Nov 17|approve)/;

/** What in the text does harm to this terminal's reader: nothing, or the lines that do. */
function harmIn(text: string, { width, ascii }: Terminal): string[] {
  const lines = text.replace(OWN_SGR, '').split('\n');
  const tooWide = (line: string) => !/^ *next |ward monitor /.test(line) && cells(line) > (width ?? Number.POSITIVE_INFINITY);
  return lines.filter((line) => HARMFUL.test(line) || FORGED.test(line) || tooWide(line) || (ascii && /[^\x20-\x7e]/.test(line)));
}

const BROKEN = brokenReports();

describe('bad inputs 97 to 104: text of a machine', () => {
  it('comes with at least 60 ways to do harm', () => {
    expect(Object.keys(PAYLOADS).length).toBeGreaterThanOrEqual(60);
  });

  it.each(Object.entries(PAYLOADS))('that %s moves no cursor, breaks no line and forges no row, in any view', async (_what, payload) => {
    const taken = round(nodesWith(payload, await BROKEN));
    const reach = new Map(taken.snapshot.nodes.map(({ name, host }) => [name, host]));
    for (const name of VIEWS) {
      const view = await viewNamed(name);
      for (const terminal of TERMINALS)
        expect(harmIn(pageText(terminal, view.page(taken, { terminal, wants: wants(name), reach })), terminal)).toEqual([]);
    }
  });

  it.each(Object.entries(PAYLOADS))('that %s stays what it is in JSON and YAML, and does nothing on its way', async (_what, payload) => {
    const taken = round(nodesWith(payload, (await BROKEN).slice(0, 2)));
    for (const name of ['cluster', 'alerts', 'node', 'service', 'report']) {
      const asked = {
        inventory: null as never,
        nodes: [],
        shown: taken.shown,
        recording: null,
        view: await viewNamed(name),
        wants: wants(name, { form: 'json' }),
      };
      const json = await roundText(quiet, taken, asked);
      const whole = JSON.parse(JSON.stringify(asked.view.json(taken, asked.wants))) as unknown;
      expect(json.trimEnd()).not.toMatch(HARMFUL_IN_JSON);
      expect(JSON.parse(json)).toEqual(whole);
      if (name === 'report' || payload.includes('\ud800')) continue;
      const yaml = await roundText(quiet, taken, { ...asked, wants: wants(name, { form: 'yaml' }) });
      expect(yaml).not.toMatch(HARMFUL_IN_JSON);
      expect(parse(yaml)).toEqual(whole);
    }
  });

  it.each(Object.entries(PAYLOADS))('that %s leaves the columns of a table where they are', (_what, payload) => {
    const columns = [
      { title: 'NAME', min: 8, max: 24, priority: 1 },
      { title: 'MARK', min: 4, priority: 1 },
    ];
    const table = {
      kind: 'table' as const,
      columns,
      count: '2',
      rows: [{ cells: [payload, '¦'] }, { cells: ['plain', '¦'] }],
      note: payload,
    };
    for (const terminal of TERMINALS.slice(0, 2)) {
      const lines = paint(tableLines(terminal, table, { names: new Set(), all: true }), { ...terminal, colours: 'none' }).split('\n');
      const at = lines.slice(1, 3).map((line) => cells(line.slice(0, line.indexOf('¦'))));
      expect(at[0]).toBe(at[1]);
    }
  });

  it.each(Object.entries(PAYLOADS))('that %s does no harm on the page of one machine', (_what, payload) => {
    const [machine] = nodesWith(payload, [{ system: { os_name: `Debian${payload}`, kernel_version: `6${payload}`, uptime_seconds: 5 } }]);
    const { snapshot, findings } = round(machine === undefined ? [] : [machine]);
    for (const terminal of TERMINALS) {
      const page = reportPage(terminal, {
        snapshot,
        node: machine as NodeSnapshot,
        findings,
        subsystems: SUBSYSTEMS,
        utc: true,
        user: 'deploy',
      });
      expect(harmIn(pageText(terminal, page), terminal)).toEqual([]);
    }
  });
});

/** Raw in the bytes; escaped they are fine. */
const HARMFUL_IN_JSON = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\u{e0000}-\u{e0fff}]/u;
