import type { Finding } from '../../core/rule.ts';
import { gap, type Ink, type Line, lineCells, own, type Span, span } from '../../cli/render/line.ts';
import { sign } from '../../cli/render/signs.ts';
import { shownFindings } from '../../cli/monitor/round.ts';
import { type Frame, type Look, NARROW } from '../look.ts';
import type { Tab } from '../tabs.ts';

/** The tabs with the sign of the worst in each, and the rule under them, thick under the one that is shown. */
export function tabLines(look: Look, tabs: readonly Tab[], active: number, frame: Frame): [Line, Line] {
  const narrow = frame.columns < NARROW;
  const findings = shownFindings(look.round).filter(({ state }) => state === 'firing');
  const parts = tabs.map((tab, at) =>
    tabSpans(tab, { at, active: at === active, narrow, worst: worstOf(findings.filter(tab.concerns)) }, frame),
  );
  const between = narrow ? 2 : 3;
  const edge = narrow ? 1 : 2;
  const line: Span[] = [gap(edge)];
  let [from, to] = [0, 0];
  parts.forEach((part, at) => {
    if (at > 0) line.push(gap(between));
    if (at === active) from = lineCells(line);
    line.push(...part);
    if (at === active) to = lineCells(line);
  });
  const thin = (width: number) => own(sign(frame.terminal, '─').repeat(Math.max(0, width)), 'faint');
  return [line, [thin(from), own(sign(frame.terminal, '━').repeat(to - from), 'accent'), thin(frame.columns - to)]];
}

interface Place {
  at: number;
  active: boolean;
  narrow: boolean;
  worst: 'critical' | 'warning' | null;
}

function tabSpans({ title, short }: Tab, { at, active, narrow, worst }: Place, { terminal }: Frame): Span[] {
  const mark: [string, Ink] | null = worst === null ? null : worst === 'critical' ? ['✗', 'crit'] : ['!', 'warn'];
  return [
    own(String(at + 1), 'muted'),
    gap(1),
    span(terminal, narrow ? short : title, active ? 'accent' : 'plain'),
    ...(mark === null ? [] : [gap(narrow ? 0 : 1), own(sign(terminal, mark[0]), mark[1])]),
  ];
}

function worstOf(findings: readonly Finding[]): 'critical' | 'warning' | null {
  if (findings.some(({ severity }) => severity === 'critical')) return 'critical';
  return findings.some(({ severity }) => severity === 'warning') ? 'warning' : null;
}
