import type { Finding } from '../../core/rule.ts';
import { type Line, gap, own } from '../../cli/render/line.ts';
import { cellText, type Entry, type List } from '../lists/list.ts';
import { findingWith } from '../content.ts';
import type { Frame, Look } from '../look.ts';
import type { Target } from '../ui.ts';
import { alertPage } from './alert-page.ts';
import { logLines } from './facts.ts';
import { nodePage } from './node-page.ts';
import { rowPage } from './row-page.ts';

/** A page as it is opened from a list. */
export interface Opened {
  /** Behind the tab's name in the path. */
  title: string;
  parts: readonly (readonly Line[])[];
  node: string | null;
  finding: Finding | null;
}

/** The page that the target names; what is gone in the meantime says so. */
export function openedPage(target: Target, { look, frame, lists }: { look: Look; frame: Frame; lists: readonly List[] }): Opened {
  if (target.kind === 'node') {
    const finding = look.round.findings.find(({ node, state }) => node === target.name && state === 'firing') ?? null;
    return { title: target.name, parts: nodePage(look, frame, target.name), node: target.name, finding };
  }
  if (target.kind === 'row') return rowOpened(target, { look, frame, lists });
  const finding = findingWith(look, target.identity);
  if (finding === null) return gone('This is over: no round has it any more.');
  const parts =
    target.kind === 'log'
      ? [finding.log.length === 0 ? [[gap(2), own('No log lines came with it.')]] : logLines(frame, finding.log)]
      : alertPage(look, frame, finding);
  return {
    title: `${finding.node}: ${target.kind === 'log' ? `log of ${finding.subject || finding.rule}` : finding.message}`,
    parts,
    node: finding.node,
    finding,
  };
}

function rowOpened(target: Target & { kind: 'row' }, { look, frame, lists }: { look: Look; frame: Frame; lists: readonly List[] }): Opened {
  const list = lists.find(({ id }) => id === target.list);
  const entry = list?.entries.find(({ key }) => key === target.key);
  if (list === undefined || entry === undefined) return gone('This row is not there any more.');
  return { title: titleOf(entry, frame), parts: rowPage(look, frame, list, entry), node: entry.node, finding: entry.finding };
}

function titleOf({ cells: [first = ''], node }: Entry, { now_ms }: Frame): string {
  const name = cellText(first, now_ms);
  return node === null || node === name ? name : `${name} on ${node}`;
}

function gone(sentence: string): Opened {
  return { title: '', parts: [[[gap(2), own(sentence)]]], node: null, finding: null };
}
