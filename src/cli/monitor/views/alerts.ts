import { EXIT } from '../../../core/refusal.ts';
import type { Finding } from '../../../core/rule.ts';
import { findingLines, stepOf } from '../../render/finding-lines.ts';
import { gap, type Line, own, span } from '../../render/line.ts';
import type { PageLine } from '../../render/page.ts';
import { exitOf } from '../exit-of.ts';
import { folded } from '../folded.ts';
import { calmLine, followText } from '../foot.ts';
import { headLine } from '../head.ts';
import { alertObjects } from '../json/alert-objects.ts';
import { followers, mutesText } from '../mutes.ts';
import { type Round, shownFindings, shownNodes } from '../round.ts';
import { findingCell } from '../status.ts';
import { verdictOf } from '../tally.ts';
import type { Drawing, View } from '../view.ts';

/** Every finding as a block: sentence, evidence, log, what follows from it, and the next step. */
export const alerts: View = {
  failOn: 'critical',
  json: (round, { all }) => alertObjects(shownFindings(round), all),
  page(round, drawing) {
    const findings = shownFindings(round);
    const open = folded(
      findings.filter(({ state }) => state !== 'muted'),
      drawing.wants,
    );
    const muted = findings.filter(({ state }) => state === 'muted');
    const following = followers(round.findings);
    const blocks = [...open, ...(drawing.wants.all ? muted : [])].map((finding) => block(finding, mutesText(following(finding)), drawing));
    const read = shownNodes(round).filter(({ report }) => report !== null).length;
    return [
      [headLine(round, drawing)],
      ...(blocks.length === 0 ? [[calmLine(read, verdictOf(round).unread === '')]] : blocks),
      [last(round, muted.length, drawing)],
    ];
  },
};

function block(finding: Finding, mutes: string, { terminal, reach }: Drawing): PageLine[] {
  const strong = reach.has(finding.node);
  const next = stepOf(finding.next, reach.get(finding.node) ?? null);
  return findingLines(
    terminal,
    { name: { text: finding.node, role: strong ? 'strong' : 'plain' }, status: findingCell(finding), finding, mutes, next },
    false,
  );
}

function last(round: Round, muted: number, { terminal, wants }: Drawing): Line {
  const hidden = wants.all ? 0 : muted;
  const level = wants.failOn ?? alerts.failOn;
  const failed = exitOf(round, level) === EXIT.findings;
  return [
    ...(hidden === 0 ? [] : [span(terminal, `${followText(hidden)} muted; `, 'muted'), own('--all'), own(' lists them.', 'muted'), gap(2)]),
    ...(failed ? [span(terminal, `Exit code 1: at least one ${level}${level === 'critical' ? '' : ' or worse'}.`, 'muted')] : []),
  ];
}
