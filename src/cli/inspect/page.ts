import { many } from '../../core/units.ts';
import type { Cell } from '../../core/view.ts';
import { placeOf } from '../../inspect/inspection.ts';
import type { Inspected } from '../../inspect/report.ts';
import { type Result, type Status, totals } from '../../inspect/result.ts';
import { clockTime } from '../render/clock-text.ts';
import { blockLines } from '../render/blocks.ts';
import { findingLines, stepOf } from '../render/finding-lines.ts';
import { gap, type Ink, type Line, own, span } from '../render/line.ts';
import type { Page, PageLine } from '../render/page.ts';
import { tableLines } from '../render/table.ts';
import type { Terminal } from '../render/terminal.ts';
import { badge } from '../render/verdict.ts';
import { exitOf } from './exit-of.ts';
import { checksTable } from './matrix.ts';
import { skippedTable } from './skipped.ts';
import type { InspectWants } from './wants.ts';

/** What the page is drawn for. */
export interface InspectDrawing {
  terminal: Terminal;
  wants: InspectWants;
  /** What one types behind `ssh` for each node; null for this machine. */
  reach: ReadonlyMap<string, string | null>;
}

/** The inspection for people: verdict, how each subsystem went, what failed and warned, what was skipped and why. */
export function inspectPage(inspected: Inspected, drawing: InspectDrawing): Page {
  const { terminal, wants } = drawing;
  const by = Map.groupBy(inspected.results, ({ status }) => status);
  const options = { names: inspected.shown, all: true };
  const skipped = by.get('skip') ?? [];
  return [
    [headLine(inspected, drawing)],
    tableLines(terminal, checksTable(inspected, terminal.width), options),
    section('Failed', by.get('fail') ?? [], drawing, false),
    section('Warned', by.get('warn') ?? [], drawing, !wants.verbose),
    ...(wants.verbose ? [section('Passed', by.get('pass') ?? [], drawing, false)] : []),
    ...(skipped.length === 0 ? [] : [tableLines(terminal, skippedTable(skipped, wants.verbose), options)]),
    [footLine(inspected, drawing)],
  ];
}

const BADGES: readonly [Status, string, Ink, Ink][] = [
  ['fail', '✗', 'badge-crit', 'crit'],
  ['warn', '!', 'badge-warn', 'warn'],
  ['pass', '✓', 'badge-ok', 'ok'],
  ['skip', '?', 'badge-muted', 'muted'],
];

function headLine({ snapshot, results }: Inspected, { terminal, wants }: InspectDrawing): PageLine {
  const sum = totals(results);
  const told = BADGES.filter(([status]) => sum[status] > 0);
  const spans = told.map(([status, glyph, filled, ink], at) => {
    const text = `${glyph} ${sum[status]} ${status}`;
    return at === 0 ? badge(terminal, text, filled) : span(terminal, text, ink);
  });
  const { time, zone } = clockTime(snapshot.taken_at_ms, wants.utc);
  const where = snapshot.environment === null ? '' : `${snapshot.environment}, `;
  const said = `${where}${many(results.length, 'check')} on ${many(snapshot.nodes.length, 'node')} in `;
  return {
    left: spans.flatMap((each, at) => [...(at === 0 ? [] : [gap(2)]), each]),
    right: [
      span(terminal, said, 'muted'),
      own(`${(snapshot.duration_ms / 1000).toFixed(1)} s`),
      gap(3),
      own(time),
      gap(1),
      own(zone, 'muted'),
    ],
  };
}

function section(title: string, results: readonly Result[], drawing: InspectDrawing, brief: boolean): PageLine[] {
  if (results.length === 0) return [];
  const heading = blockLines(drawing.terminal, [{ kind: 'heading', title, text: String(results.length) }], { names: new Set(), all: true });
  return [...heading, ...results.flatMap((result) => resultLines(result, drawing, brief))];
}

const CELLS: Readonly<Record<Status, Cell>> = {
  fail: { text: '✗ fail', role: 'crit' },
  warn: { text: '! warn', role: 'warn' },
  pass: { text: '✓ pass', role: 'ok' },
  skip: { text: '? skip', role: 'muted' },
};

function resultLines(result: Result, { terminal, reach }: InspectDrawing, brief: boolean): PageLine[] {
  const { id, name, status, message, node } = result;
  const shown = { rule: id, message: message === '' ? name : message, severity: SEVERITY[status], state: 'firing' as const };
  const details = brief ? NO_DETAILS : detailsOf(result);
  const who: Cell = { text: placeOf(result), role: node === '' ? 'plain' : 'strong' };
  const next = brief ? null : stepOf(result.next, reach.get(node) ?? null);
  return findingLines(terminal, { name: who, status: CELLS[status], finding: { ...shown, ...details }, mutes: '', next }, false);
}

const SEVERITY = { fail: 'critical', warn: 'warning', pass: 'info', skip: 'info' } as const;
const NO_EVIDENCE = { asked: '', answered: '', limit: '' };
const NO_DETAILS = { evidence: NO_EVIDENCE, log: [], follows: null };

/** What passed is told by its values, so that they need not stand there twice. */
function detailsOf({ message, evidence, log, follows }: Result) {
  const seen = evidence ?? NO_EVIDENCE;
  return { evidence: seen.answered === message ? { ...NO_EVIDENCE, limit: seen.limit } : seen, log, follows };
}

function footLine(inspected: Inspected, { terminal, wants }: InspectDrawing): Line {
  const exit = exitOf(inspected, wants.failOn);
  const worst = inspected.results.find(({ subsystem }) => subsystem !== 'ssh');
  const { fail } = totals(inspected.results);
  return [
    ...(wants.verbose ? [] : [own('Evidence of each check: ', 'muted'), own('--verbose')]),
    ...(wants.subsystem.length > 0 || worst === undefined
      ? []
      : [own(', one subsystem: ', 'muted'), span(terminal, `--subsystem ${worst.subsystem}`)]),
    own('.', 'muted'),
    ...(exit === 0 ? [] : [gap(2), own(`Exit code ${exit}: ${exit === 1 ? `${fail} failed` : 'not every node gave a report'}.`, 'muted')]),
  ];
}
