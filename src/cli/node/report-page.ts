import { CLUSTER, type Finding } from '../../core/rule.ts';
import type { Registered } from '../../core/subsystem.ts';
import type { NodeSnapshot, Snapshot } from '../../core/snapshot.ts';
import type { Block } from '../../core/view.ts';
import { blockLines } from '../render/blocks.ts';
import { clockDay } from '../render/clock-text.ts';
import { findingLines, stepOf } from '../render/finding-lines.ts';
import { gap, type Line, own, span } from '../render/line.ts';
import type { Page, PageLine } from '../render/page.ts';
import type { Terminal } from '../render/terminal.ts';
import { verdictLine } from '../render/verdict.ts';
import { followers, mutesText } from '../monitor/mutes.ts';
import { pageOf, sectionAt, summaryOf } from '../monitor/sections.ts';
import { findingCell, isPlaceToLookFrom, unreadCount } from '../monitor/status.ts';
import { tally } from '../monitor/tally.ts';
import { identityText, machineText } from './identity.ts';
import { notReadLines } from './not-read.ts';

/** What the page of this machine is drawn from. */
export interface Look {
  snapshot: Snapshot;
  node: NodeSnapshot;
  findings: readonly Finding[];
  subsystems: readonly Registered[];
  utc: boolean;
  /** Who runs ward, if not root. */
  user: string | null;
}

/** This machine's health on one page: verdict, findings with evidence and next step, figures, and what could not be read. */
export function reportPage(terminal: Terminal, look: Look): Page {
  return [
    [verdict(terminal, look)],
    [{ left: identity(terminal, look), right: [span(terminal, machineText(look.node.report), 'muted')] }],
    ...findings(terminal, look),
    ...sectionParts(terminal, look),
    notReadLines(terminal, look.node, look.user),
    absentLines(terminal, look),
  ];
}

function verdict(terminal: Terminal, { node, snapshot, findings: all, utc }: Look): PageLine {
  const unread = unreadCount(node);
  const left = verdictLine(terminal, { ...tally(all), unread: unread === 0 ? '' : `${unread} not read` });
  const { time, zone } = clockDay(snapshot.taken_at_ms, utc);
  const took = `${(snapshot.duration_ms / 1000).toFixed(2)} s`;
  return { left, right: [own('read in ', 'muted'), own(took), gap(3), own(time), gap(1), own(zone, 'muted')] };
}

function identity(terminal: Terminal, { node }: Look): Line {
  return [span(terminal, node.report?.hostname ?? node.name, 'strong'), gap(2), span(terminal, identityText(node))];
}

function findings(terminal: Terminal, { findings: all, node }: Look): PageLine[][] {
  const following = followers(all);
  return all
    .filter(({ state }) => state !== 'muted')
    .map((finding) => {
      const name = finding.node === node.name || finding.node === CLUSTER ? finding.subsystem : finding.node;
      const mutes = mutesText(following(finding));
      return findingLines(terminal, { name, status: findingCell(finding), finding, mutes, next: stepOf(finding.next, null) }, false);
    });
}

/** A part for each subsystem with a page; what has one line only shares a part. */
export function sectionParts(terminal: Terminal, { subsystems, node, snapshot }: Pick<Look, 'subsystems' | 'node' | 'snapshot'>): Line[][] {
  const options = { names: new Set([node.name]), all: true };
  const told = subsystems.flatMap((subsystem) => {
    const at = sectionAt(subsystem, node, snapshot);
    return at === null ? [] : [{ subsystem, at, blocks: pageOf(subsystem, at) }];
  });
  const pages = told.filter(({ blocks }) => blocks.length > 1 || blocks[0]?.kind === 'table');
  const rest = told.filter((each) => !pages.includes(each));
  const further: Block[] = rest.map(({ subsystem, at }) => ({ kind: 'fact', label: subsystem.title, value: summaryOf(subsystem, at) }));
  return [
    ...pages.map(({ subsystem, blocks }) => blockLines(terminal, headed(subsystem.title, blocks), options)),
    ...(further.length === 0 ? [] : [blockLines(terminal, [{ kind: 'heading', title: 'Further', text: '' }, ...further], options)]),
  ];
}

/** A table names itself; other blocks stand under their subsystem's title. */
function headed(title: string, blocks: readonly Block[]): readonly Block[] {
  return blocks[0]?.kind === 'table' ? blocks : [{ kind: 'heading', title, text: '' }, ...blocks];
}

/** What is not installed and not missed, in one line. */
export function absentLines(terminal: Terminal, { subsystems, node }: Pick<Look, 'subsystems' | 'node'>): Line[] {
  if (isPlaceToLookFrom(node)) return [];
  const absent = subsystems.filter(({ name }) => node.report?.states[name] === 'absent' && !node.report.expected.includes(name));
  if (absent.length === 0) return [];
  return [[span(terminal, `Not here, and nobody expects it: ${absent.map(({ title }) => title).join(', ')}.`, 'muted')]];
}
