import { describe, expect, it } from 'vitest';
import { inspectPage } from '../../src/cli/inspect/page.ts';
import type { InspectWants } from '../../src/cli/inspect/wants.ts';
import { cells } from '../../src/cli/render/cells.ts';
import { pageText } from '../../src/cli/render/page.ts';
import type { Terminal } from '../../src/cli/render/terminal.ts';
import { printableJson } from '../../src/core/clean.ts';
import { inspectionJson } from '../../src/inspect/inspection-json.ts';
import { junit } from '../../src/inspect/junit.ts';
import { markdown } from '../../src/inspect/markdown.ts';
import type { Inspected } from '../../src/inspect/report.ts';
import { filesystem, node, report, round, system } from '../cli/fleet.ts';
import { PAYLOADS } from '../cli/payloads.ts';
import { inspected } from './fleet.ts';

const OWN_SGR = /\x1b\[(?:\d{1,2}(?:;\d{1,2}){0,2})m/g;
/** Raw in the bytes, but for the newline. */
const HARMFUL = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]|[\u{e0000}-\u{e0fff}]/u;
const FORGED = /^(?:ns9|Nov 17|approve)/m;

const WANTS = { subsystem: [], failOn: 'critical', verbose: true, utc: true } as unknown as InspectWants;
const TERMINALS: readonly Terminal[] = [
  { width: 80, colours: 'colour', ascii: false },
  { width: 140, colours: 'mono', ascii: false },
  { width: null, colours: 'none', ascii: true },
];

/** A disk whose mount, a reason and a failure carry the payload. */
function fleetWith(payload: string): Inspected {
  const unknown = [{ path: 'system.mem_use_pct', kind: 'failed' as const, reason: `why${payload}` }];
  const full = node('a', report({ system: system({ mem_use_pct: null, filesystems: [filesystem(`/m${payload}`, 99)] }) }, { unknown }));
  const nodes = [full, node('gone', { cause: 'other', message: `said${payload}`, next: `look${payload}` })];
  const { snapshot, shown } = round(nodes);
  return { snapshot, shown, results: inspected(nodes), ai: [{ subsystem: 'system', answer: `line\n${payload}`, error: null }] };
}

describe('text of a machine in an inspection', () => {
  it.each(Object.entries(PAYLOADS))('that %s does no harm in any form', (_what, payload) => {
    const whole = fleetWith(payload);
    for (const terminal of TERMINALS) {
      const reach = new Map([['a', 'a.example.net']]);
      const text = pageText(terminal, inspectPage(whole, { terminal, wants: WANTS, reach })).replace(OWN_SGR, '');
      expect(text).not.toMatch(HARMFUL);
      expect(text).not.toMatch(FORGED);
      const lines = text.split('\n').filter((line) => !/^ *next /.test(line));
      expect(lines.filter((line) => cells(line) > (terminal.width ?? Number.POSITIVE_INFINITY))).toEqual([]);
    }
    for (const text of [junit(whole), markdown(whole)]) {
      expect(text).not.toMatch(HARMFUL);
      expect(text).not.toMatch(FORGED);
      // An indented line is code, which no reader of Markdown takes for HTML.
      expect(text).not.toMatch(/^(?! {4}).*<(?:script|img)/m);
    }
    const json = printableJson(inspectionJson(whole), 2);
    expect(json).not.toMatch(HARMFUL);
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(inspectionJson(whole))));
  });

  it('breaks no XML: every tag is one of ours, and every one is closed', () => {
    for (const payload of Object.values(PAYLOADS)) {
      const open: string[] = [];
      const tags = junit(fleetWith(payload)).match(/<[^?][^>]*>/g) ?? [];
      for (const tag of tags) {
        const [, close = '', name = '', self = ''] =
          /^<(\/?)(testsuites|testsuite|testcase|failure|skipped|system-out)(?:\s[^<]*?)?(\/?)>$/.exec(tag) ?? [];
        expect(name, tag).not.toBe('');
        if (close !== '') expect(open.pop()).toBe(name);
        else if (self === '') open.push(name);
      }
      expect(open).toEqual([]);
    }
  });
});
