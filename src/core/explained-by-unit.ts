import type { Found } from './rule.ts';
import type { NodeSnapshot } from './snapshot.ts';

interface UnitState {
  name: string;
  active_state: string | null;
}

/** The finding on a unit that explains why what it runs does not answer; nothing where the unit is active or was not read. */
export function explainedByUnit({ report }: NodeSnapshot, unit: string | null): Pick<Found, 'follows'> {
  const { services } = (report?.services ?? {}) as { services?: readonly UnitState[] | null };
  if (unit === null) return {};
  const subject = unit.replace(/\.service$/, '');
  const state = services?.find(({ name }) => name === subject || name === unit)?.active_state ?? 'active';
  if (state === 'active') return {};
  return { follows: { rule: state === 'failed' ? 'services/failed' : 'services/not-active', subject } };
}
