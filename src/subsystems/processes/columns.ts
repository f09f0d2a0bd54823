import type { Columns } from '../../core/subsystem.ts';
import { count, listed, many } from '../../core/units.ts';
import type { Cell, Role } from '../../core/view.ts';
import type { Processes } from './section.ts';

/** How processes show: one line. */
export const columns: Columns<Processes> = {
  summary: ({ section }) => line(section),
  page: ({ section }) => [{ kind: 'fact', label: 'Processes', value: line(section) }],
};

/** `186, no zombie, no orphan, no panic in the last hour`; what is wrong comes first. */
function line({ total, zombie_count, orphan_count, panic_count, panics }: Processes): Cell {
  const where = listed((panics ?? []).filter(({ count: seen }) => (seen ?? 0) > 0).map(({ unit }) => unit.replace(/\.service$/, '')));
  const told: [number | null, text: (value: number) => string, Role][] = [
    [panic_count, (value) => (value === 0 ? 'no panic in the last hour' : `${many(value, 'panic')} in the last hour, of ${where}`), 'crit'],
    [orphan_count, (value) => (value === 0 ? 'no orphan' : many(value, 'orphan')), 'plain'],
    [zombie_count, (value) => (value === 0 ? 'no zombie' : many(value, 'zombie')), 'plain'],
  ];
  const known = told.flatMap(([value, text, role]) => (value === null ? [] : [{ wrong: value > 0, text: text(value), role }]));
  const wrong = known.filter((each) => each.wrong);
  const parts = [
    ...wrong.map(({ text }) => text),
    total === null ? 'processes not read' : wrong.length === 0 ? count(total) : many(total, 'process', 'processes'),
    ...known
      .filter((each) => !each.wrong)
      .reverse()
      .map(({ text }) => text),
  ];
  return { text: parts.join(', '), role: wrong[0]?.role ?? (total === null ? 'muted' : 'plain') };
}
