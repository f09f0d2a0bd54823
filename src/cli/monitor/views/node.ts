import { CLUSTER, type Finding } from '../../../core/rule.ts';
import type { NodeSnapshot } from '../../../core/snapshot.ts';
import type { Registered } from '../../../core/subsystem.ts';
import type { Block, Row } from '../../../core/view.ts';
import { SUBSYSTEMS } from '../../../subsystems/all.gen.ts';
import { identityText, machineText } from '../../node/identity.ts';
import { notReadLines } from '../../node/not-read.ts';
import { blockLines } from '../../render/blocks.ts';
import { findingLines, stepOf } from '../../render/finding-lines.ts';
import { gap, type Line, own, span } from '../../render/line.ts';
import type { Page, PageLine } from '../../render/page.ts';
import { again } from '../again.ts';
import { footLines } from '../foot.ts';
import { headLine } from '../head.ts';
import { nodeObjects } from '../json/node-objects.ts';
import { findingsOf, type Round, shownNodes } from '../round.ts';
import { pageOf, sectionAt, summaryOf } from '../sections.ts';
import { findingCell, isPlaceToLookFrom, statusCell, subsystemStatus } from '../status.ts';
import type { Drawing, View } from '../view.ts';

/** Each node on a page of its own: findings with their next step, meters, and a line for each subsystem. */
export const node: View = {
  failOn: 'never',
  json: (round) => nodeObjects(round),
  page(round, drawing) {
    const nodes = shownNodes(round);
    const one = nodes.length === 1 ? nodes.flatMap(({ name }) => ['--node', name]) : [];
    return [
      [headLine(round, drawing)],
      ...nodes.flatMap((each) => nodePage(each, round, drawing)),
      footLines(drawing.terminal, 0, again(drawing.wants, 'alerts', one)),
    ];
  },
};

function nodePage(each: NodeSnapshot, round: Round, drawing: Drawing): Page {
  const { terminal } = drawing;
  const own = [...findingsOf(round, each.name), ...findingsOf(round, CLUSTER)].filter(({ state }) => state !== 'muted');
  return [
    [headOf(each, drawing)],
    own.flatMap((finding) => brief(finding, each, drawing)),
    ...(each.report === null
      ? [silence(each, drawing)]
      : [meters(each, round, drawing), subsystems(each, round, drawing), notReadLines(terminal, each, null)]),
    each.notes.map((note): Line => [span(terminal, note, 'muted')]),
  ];
}

function headOf(each: NodeSnapshot, { terminal }: Drawing): PageLine {
  const took = each.answered_at_ms - each.asked_at_ms;
  const right =
    each.report === null
      ? []
      : [
          own('read in ', 'muted'),
          own(`${(took / 1000).toFixed(1)} s`),
          ...(machineText(each.report) === '' ? [] : [own(', ', 'muted'), span(terminal, machineText(each.report), 'muted')]),
        ];
  return { left: [span(terminal, each.name, 'strong'), gap(2), span(terminal, identityText(each))], right };
}

function brief(finding: Finding, each: NodeSnapshot, { terminal, reach }: Drawing): PageLine[] {
  const name = finding.node === CLUSTER ? CLUSTER : finding.subsystem;
  const next = stepOf(finding.next, reach.get(each.name) ?? null);
  return findingLines(terminal, { name, status: findingCell(finding), finding, mutes: '', next }, true);
}

/** In place of the figures of a node that gave no report. */
function silence({ failure }: NodeSnapshot, { terminal }: Drawing): Line[] {
  const { message = 'gave no report', next = '' } = failure ?? {};
  return [
    [own('Not read', 'strong'), gap(4), span(terminal, message)],
    ...(next === '' ? [] : [[own('next', 'accent'), gap(8), span(terminal, next)]]),
  ];
}

function sectionsOf(each: NodeSnapshot, round: Round): { subsystem: Registered; meters: readonly Block[] }[] {
  return SUBSYSTEMS.map((subsystem) => {
    const at = sectionAt(subsystem, each, round.snapshot);
    return { subsystem, meters: at === null ? [] : pageOf(subsystem, at).filter(({ kind }) => kind === 'meter') };
  });
}

function meters(each: NodeSnapshot, round: Round, { terminal, wants }: Drawing): Line[] {
  const told = sectionsOf(each, round).filter((section) => section.meters.length > 0);
  const blocks = told.flatMap(({ subsystem, meters: own }): Block[] => [{ kind: 'heading', title: subsystem.title, text: '' }, ...own]);
  return blockLines(terminal, blocks, { names: new Set(), all: wants.all });
}

/** One line a subsystem, but for those that the meters tell of already. */
function subsystems(each: NodeSnapshot, round: Round, { terminal, wants }: Drawing): Line[] {
  const told = sectionsOf(each, round).filter(
    ({ subsystem, meters: own }) => own.length === 0 && !(isPlaceToLookFrom(each) && each.report?.states[subsystem.name] === 'absent'),
  );
  const columns = [
    { title: 'Subsystems', min: 10, priority: 1 },
    { title: '', min: 13, priority: 1 },
  ];
  const rows = told.map(({ subsystem }) => subsystemRow(subsystem, each, round));
  return blockLines(terminal, [{ kind: 'table', columns, count: String(rows.length), rows, note: '' }], {
    names: new Set(),
    all: wants.all,
  });
}

function subsystemRow(subsystem: Registered, each: NodeSnapshot, round: Round): Row {
  const { name } = subsystem;
  const status = subsystemStatus(each, name, findingsOf(round, each.name));
  const at = sectionAt(subsystem, each, round.snapshot);
  const cells = [name, statusCell(status)];
  if (at !== null) return { cells, across: summaryOf(subsystem, at) };
  if (status === 'absent') return { cells, across: { text: 'Not installed here, and nobody expects it', role: 'muted' } };
  const reason = each.report?.unknown.find(({ path }) => path === name)?.reason ?? 'the report does not have it';
  return { cells, across: { text: reason, role: 'muted' } };
}
