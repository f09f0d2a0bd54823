import type { CheckDefinition, Importance } from '../core/check-definition.ts';
import type { Watched } from '../core/evaluate.ts';
import type { Rule, Severity } from '../core/rule.ts';
import { FLEET_RULES } from '../fleet/rules.ts';
import { SUBSYSTEMS } from '../subsystems/all.gen.ts';
import { FLEET_CHECKS } from './fleet-checks.ts';

/** A check with all that is known of it before anybody is asked. */
export interface DefinedCheck extends CheckDefinition {
  subsystem: string;
  /** Where it stands among all. */
  order: number;
  /** The id's last part in words. */
  name: string;
  /** What its rules tell. */
  about: string;
  /** Ids of its rules, as findings carry them. */
  ruleIds: readonly string[];
  each: 'node' | 'cluster';
  /** Whether the monitor does not have its rules. */
  isOwn: boolean;
  /** Fields that its rules cannot do without. */
  ruleNeeds: readonly string[];
  levels: Readonly<Record<string, number>>;
}

interface Holder extends Watched {
  checks: readonly CheckDefinition[];
}

const IMPORTANCE: Readonly<Record<Severity, Importance>> = { critical: 'critical', warning: 'medium', info: 'low' };
/** Ids of the inspector that Wardround follows begin with another word. */
const PREFIX: Readonly<Record<string, string>> = { wireguard: 'wg' };

const HOLDERS: readonly Holder[] = [
  ...FLEET_RULES.map((each) => ({ ...each, checks: FLEET_CHECKS[each.name] ?? [] })),
  ...SUBSYSTEMS.map(({ name, rules, checks }) => ({ name, rules, checks: checks ?? [] })),
];

/** All rules that an inspection holds against the fleet: the monitor's, and those that only the inspector has. */
export const INSPECTED: readonly Watched[] = HOLDERS.map(({ name, rules, checks }) => ({ name, rules: [...rules, ...ownRules(checks)] }));

/** Every check, those of the fleet first, then by subsystem in their order. */
export const CHECKS: readonly DefinedCheck[] = HOLDERS.flatMap(definedFor).map((check, order) => ({ ...check, order }));

function ownRules(checks: readonly CheckDefinition[]): Rule[] {
  return [...new Set(checks.flatMap(({ rules }) => rules.filter((each) => typeof each !== 'string')))];
}

type Unplaced = Omit<DefinedCheck, 'order'>;

function definedFor({ name, rules, checks }: Holder): Unplaced[] {
  const named = new Set(checks.flatMap((check) => check.rules.filter((each) => typeof each === 'string')));
  const rest = rules.filter((rule) => !named.has(rule.name)).map((rule) => byItself(name, rule));
  const byName = new Map(rules.map((rule) => [rule.name, rule]));
  return [...checks, ...rest].map((check) => defined(name, check, byName));
}

function byItself(subsystem: string, { name, severity }: Rule): CheckDefinition {
  return { id: `${PREFIX[subsystem] ?? subsystem}.${name.replaceAll('-', '_')}`, rules: [name], importance: IMPORTANCE[severity] };
}

function defined(subsystem: string, check: CheckDefinition, byName: ReadonlyMap<string, Rule>): Unplaced {
  const rules = check.rules.map((each) => (typeof each === 'string' ? ruleNamed(subsystem, each, byName) : each));
  const across = rules.length > 0 && rules.every((rule) => 'compare' in rule);
  return {
    each: across ? 'cluster' : 'node',
    ...check,
    isOwn: check.rules.some((each) => typeof each !== 'string'),
    subsystem,
    name: (check.id.split('.')[1] ?? check.id).replaceAll('_', ' '),
    about: rules.map(({ about }) => about).join(' '),
    ruleIds: rules.map(({ name }) => `${subsystem}/${name}`),
    ruleNeeds: [...new Set(rules.flatMap((rule) => ('needs' in rule ? rule.needs : [])))],
    levels: Object.assign({}, ...rules.map(({ levels }) => levels)) as Record<string, number>,
  };
}

function ruleNamed(subsystem: string, name: string, byName: ReadonlyMap<string, Rule>): Rule {
  const rule = byName.get(name);
  if (rule === undefined) throw new Error(`a check of ${subsystem} names the rule ${name}, which is not there`);
  return rule;
}
