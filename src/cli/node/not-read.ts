import type { UnknownEntry } from '../../core/report.ts';
import type { NodeSnapshot } from '../../core/snapshot.ts';
import { cells } from '../render/cells.ts';
import { gap, type Line, own, span } from '../render/line.ts';
import type { Terminal } from '../render/terminal.ts';
import { wrapped } from '../render/wrap.ts';

/** More than these say nothing new to a person; JSON has all. */
const MOST = 12;
const REASON_AT = 15;

/** What could not be read, once for each reason, and why where the reason is that ward does not run as root. */
export function notReadLines(terminal: Terminal, { report }: NodeSnapshot, user: string | null): Line[] {
  const entries = distinct(report?.unknown ?? []);
  if (entries.length === 0) return [];
  const denied = user !== null && entries.some(({ kind }) => kind === 'denied');
  const why = denied ? `, because ward runs as ${user} and not as root` : '';
  const more = entries.length - MOST;
  return [
    [own('Not read', 'strong'), gap(1), span(terminal, `${entries.length}${why}`, 'muted')],
    ...entries.slice(0, MOST).flatMap((entry) => entryLines(terminal, entry)),
    ...(more > 0 ? [[own(`and ${more} more; --json has all`, 'muted')]] : []),
    ...(denied ? [[own('next', 'accent'), gap(8), own('sudo ward node report')]] : []),
  ];
}

function distinct(unknown: readonly UnknownEntry[]): UnknownEntry[] {
  const seen = new Map<string, UnknownEntry>();
  for (const entry of unknown) if (entry.kind !== 'absent' && !seen.has(entry.reason)) seen.set(entry.reason, entry);
  return [...seen.values()];
}

function entryLines(terminal: Terminal, { path, reason }: UnknownEntry): Line[] {
  const name = span(terminal, path.split(/[.[]/)[0] ?? path, 'muted');
  const lines = wrapped(span(terminal, reason).text, terminal.width === null ? null : Math.max(20, terminal.width - REASON_AT));
  return lines.map(
    (text, at): Line =>
      at === 0 ? [name, gap(Math.max(1, 12 - cells(name.text))), own('?', 'muted'), gap(2), own(text)] : [gap(REASON_AT), own(text)],
  );
}
