import type { Finding } from '../../core/rule.ts';
import { gap, type Ink, type Line, lineCells, own, type Span, span } from '../../cli/render/line.ts';
import { sign } from '../../cli/render/signs.ts';
import { type Round, shownFindings } from '../../cli/monitor/round.ts';
import { type Frame, type Look, NARROW } from '../look.ts';
import { onceFor } from '../../core/once-for.ts';
import { type Tab, TABS } from '../tabs.ts';

/** How much of the tabs is shown: their names, short names, or the name of the active one alone. */
type Manner = 'full' | 'short' | 'numbers';

/** The tabs with the sign of the worst in each, and the rule under them, thick under the one that is shown. */
export function tabLines(look: Look, active: number, frame: Frame): [Line, Line] {
  const manners: readonly Manner[] = frame.columns < NARROW ? ['short', 'numbers'] : ['full', 'short', 'numbers'];
  const { line, from, to } = fitting(manners, look, active, frame);
  const thin = (width: number) => own(sign(frame.terminal, '─').repeat(Math.max(0, width)), 'faint');
  return [line, [thin(from), own(sign(frame.terminal, '━').repeat(to - from), 'accent'), thin(frame.columns - to)]];
}

function fitting(manners: readonly Manner[], look: Look, active: number, frame: Frame): DrawnTabs {
  for (const manner of manners) {
    const drawn = drawnTabs(look, active, { frame, manner });
    if (lineCells(drawn.line) <= frame.columns) return drawn;
  }
  return { line: [], from: 0, to: 0 };
}

/** The tabs, and from where to where the active one goes. */
interface DrawnTabs {
  line: Line;
  from: number;
  to: number;
}

function drawnTabs(look: Look, active: number, { frame, manner }: { frame: Frame; manner: Manner }): DrawnTabs {
  const full = manner === 'full';
  const worst = worstIn(look.round);
  const line: Span[] = [gap(full ? 2 : 1)];
  let [from, to] = [0, 0];
  TABS.forEach((tab, at) => {
    if (at > 0) line.push(gap(full ? 3 : 2));
    if (at === active) from = lineCells(line);
    line.push(...tabSpans(tab, { at, active: at === active, manner, worst: worst[at] ?? null }, frame));
    if (at === active) to = lineCells(line);
  });
  return { line, from, to };
}

/** For each tab how bad it is. */
const worstIn = onceFor((round: Round) => {
  const findings = shownFindings(round).filter(({ state }) => state === 'firing');
  return TABS.map(({ concerns }) => worstOf(findings.filter(concerns)));
});

interface Place {
  at: number;
  active: boolean;
  manner: Manner;
  worst: 'critical' | 'warning' | null;
}

function tabSpans({ title, short }: Tab, { at, active, manner, worst }: Place, { terminal }: Frame): Span[] {
  const mark: [string, Ink] | null = worst === null ? null : worst === 'critical' ? ['✗', 'crit'] : ['!', 'warn'];
  const name = manner === 'full' ? title : manner === 'short' || active ? short : '';
  return [
    own(String(at + 1), 'muted'),
    ...(name === '' ? [] : [gap(1), span(terminal, name, active ? 'accent' : 'plain')]),
    ...(mark === null ? [] : [gap(manner === 'full' ? 1 : 0), own(sign(terminal, mark[0]), mark[1])]),
  ];
}

function worstOf(findings: readonly Finding[]): 'critical' | 'warning' | null {
  if (findings.some(({ severity }) => severity === 'critical')) return 'critical';
  return findings.some(({ severity }) => severity === 'warning') ? 'warning' : null;
}
