import type { Evidence } from '../core/rule.ts';
import { many } from '../core/units.ts';
import type { NodeSnapshot } from '../core/snapshot.ts';
import type { DefinedCheck } from './defined-checks.ts';
import { partOf } from './known.ts';

const LONGEST = 120;

/** What a check that passed saw on one node: the values it needed, and the levels they were held against. */
export function passedEvidence(node: NodeSnapshot, check: DefinedCheck): Evidence {
  const part = partOf(node, check.subsystem) ?? {};
  const fields = [...new Set((check.needs ?? check.ruleNeeds).map((path) => path.split(/[.[]/, 1)[0] ?? '').filter((name) => name !== ''))];
  const values = Array.isArray(part) ? [many(part.length, 'entry', 'entries')] : fields.map((name) => `${name} ${short(part[name])}`);
  const levels = Object.entries(check.levels).map(([name, value]) => `${name} ${value}`);
  return { asked: `the report's ${check.subsystem}`, answered: values.join(', '), limit: levels.join(', ') };
}

function short(value: unknown): string {
  if (Array.isArray(value)) return many(value.length, 'entry', 'entries');
  if (typeof value === 'object' && value !== null) return many(Object.keys(value).length, 'entry', 'entries');
  return String(value).slice(0, LONGEST);
}
