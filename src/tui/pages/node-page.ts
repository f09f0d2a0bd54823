import { CLUSTER, type Finding } from '../../core/rule.ts';
import type { NodeSnapshot } from '../../core/snapshot.ts';
import { ageInWords } from '../../core/units.ts';
import { findingsOf } from '../../cli/monitor/round.ts';
import { findingCell } from '../../cli/monitor/status.ts';
import { identityText, machineText } from '../../cli/node/identity.ts';
import { notReadLines } from '../../cli/node/not-read.ts';
import { absentLines, sectionParts } from '../../cli/node/report-page.ts';
import { findingLines, stepOf } from '../../cli/render/finding-lines.ts';
import { gap, type Line, own, span } from '../../cli/render/line.ts';
import { pageLines } from '../../cli/render/page.ts';
import { SUBSYSTEMS } from '../../subsystems/all.gen.ts';
import type { Frame, Look } from '../look.ts';
import { summaries } from './alert-page.ts';

/** Everything known of a node: what is wrong with the next step, then each subsystem in full, then what was not read. */
export function nodePage(look: Look, frame: Frame, name: string): Line[][] {
  const now = look.round.snapshot.nodes.find((node) => node.name === name);
  if (now === undefined) return [[[gap(2), own('This node is not in the fleet any more.')]]];
  const told = now.report === null ? (look.last.get(name) ?? now) : now;
  const terminal = { ...frame.terminal, width: frame.columns - 4 };
  const drawing = { snapshot: look.round.snapshot, node: told, subsystems: SUBSYSTEMS };
  const parts = [
    [[span(terminal, [identityText(told), machineText(told.report)].filter((part) => part !== '').join(', '), 'muted')]],
    ...findings(look, now).map((finding) => blockOf(look, frame, finding)),
    ...(now.report === null ? [silence(frame, now, told)] : []),
    ...(told.report === null
      ? []
      : [...sectionParts(terminal, drawing), notReadLines(terminal, told, null), absentLines(terminal, drawing)]),
    now.notes.map((note): Line => [span(terminal, note, 'muted')]),
  ];
  return parts.map((part) => indented(pageLines(terminal, [part]))).filter((part) => part.length > 0);
}

/** What is wrong on the node in a line each, then its figures. */
export function nodeBrief(look: Look, frame: Frame, name: string): Line[] {
  const node = look.round.snapshot.nodes.find((each) => each.name === name);
  if (node === undefined) return [];
  const told = node.report === null ? (look.last.get(name) ?? node) : node;
  const terminal = { ...frame.terminal, width: frame.columns - 4 };
  const wrong = findings(look, node).flatMap((finding) =>
    pageLines({ ...terminal, width: null }, [
      findingLines(
        { ...terminal, width: null },
        { name: finding.subsystem, status: findingCell(finding), finding, mutes: '', next: null },
        true,
      ),
    ]),
  );
  return [
    ...indented([
      [span(terminal, [identityText(told), machineText(told.report)].filter((part) => part !== '').join(', '), 'muted')],
      ...wrong,
    ]),
    ...(wrong.length === 0 ? [] : [[]]),
    ...summaries(look, frame, told),
  ];
}

function findings({ round }: Look, { name }: NodeSnapshot): Finding[] {
  return [...findingsOf(round, name), ...findingsOf(round, CLUSTER)].filter(({ state }) => state !== 'muted');
}

function blockOf({ reach }: Look, frame: Frame, finding: Finding) {
  const name = finding.node === CLUSTER ? CLUSTER : finding.subsystem;
  const step = stepOf(finding.next, reach.get(finding.node) ?? null);
  // As a sentence a command is wrapped, and not cut at the edge: y copies it, nobody has to mark it.
  const next = step === null ? null : { ...step, command: false };
  return findingLines(
    { ...frame.terminal, width: frame.columns - 4 },
    { name, status: findingCell(finding), finding, mutes: '', next },
    true,
  );
}

function silence({ terminal, now_ms }: Frame, now: NodeSnapshot, told: NodeSnapshot): Line[] {
  const { failure } = now;
  if (failure === null) return [[own('This node has not answered yet.', 'muted')]];
  const old =
    told.report === null
      ? 'It never answered here.'
      : `What follows is ${ageInWords(Math.max(0, (now_ms - told.answered_at_ms) / 1000))} old.`;
  return [[span(terminal, `Not read: ${failure.message}. ${old}`, 'muted')]];
}

function indented(lines: readonly Line[]): Line[] {
  return lines.map((line): Line => (line.length === 0 ? line : [gap(2), ...line]));
}
