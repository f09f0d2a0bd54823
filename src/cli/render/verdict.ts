import { count, many } from '../../core/units.ts';
import { gap, type Ink, type Line, own, type Span, span } from './line.ts';
import type { Terminal } from './terminal.ts';

/** What the first line of every page counts: firing findings, and what could not be read. */
export interface Verdict {
  critical: number;
  warning: number;
  info: number;
  /** What was to be read and was not, such as `2 not read`; empty if nothing. */
  unread: string;
}

/** `✗ 2 critical  ! 6 warnings  i 1 info`: the worst as a filled badge, the rest behind it. */
export function verdictLine(terminal: Terminal, { critical, warning, info, unread }: Verdict): Line {
  const told: [text: string, badge: Ink, ink: Ink][] = [
    ...(critical > 0 ? [[`✗ ${count(critical)} critical`, 'badge-crit', 'crit'] as [string, Ink, Ink]] : []),
    ...(warning > 0 ? [[`! ${many(warning, 'warning')}`, 'badge-warn', 'warn'] as [string, Ink, Ink]] : []),
    ...(unread === '' ? [] : [[`? ${unread}`, 'badge-muted', 'muted'] as [string, Ink, Ink]]),
  ];
  const [first = ['✓ healthy', 'badge-ok', 'ok'] as const, ...rest] = told;
  const others: [string, Ink][] = [
    ...rest.map(([text, , ink]): [string, Ink] => [text, ink]),
    ...(info > 0 ? [[`i ${count(info)} info`, 'muted'] as [string, Ink]] : []),
  ];
  return [badge(terminal, first[0], first[1]), ...others.flatMap(([text, ink]) => [gap(2), span(terminal, text, ink)])];
}

/** Text as a filled badge; padded only where there is colour to see it by. */
export function badge(terminal: Terminal, text: string, ink: Ink): Span {
  const clean = span(terminal, text).text;
  return own(terminal.colours === 'colour' ? ` ${clean} ` : clean, ink);
}
