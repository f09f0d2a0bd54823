import type { Severity } from '../../core/rule.ts';
import type { RuleSetting } from '../../core/settings.ts';
import { wrong } from './configuration.ts';
import { type Field, entries, flag, items, number, placeOf, text, type YamlFile } from './yaml-reader.ts';

const KEYS = ['rule', 'node', 'tag', 'role', 'subject', 'off', 'severity', 'levels'] as const;
const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info'];

/** The list under `rules:`. Whether a rule of that name exists is not for the file to know. */
export function yamlRules(file: YamlFile, field: Field): RuleSetting[] {
  return items(file, { ...field, what: 'rules' }).map((item) => setting(file, item));
}

function setting(file: YamlFile, item: Field): RuleSetting {
  const given = entries(file, item, KEYS);
  const rule = given.get('rule');
  if (rule === undefined) throw wrong(placeOf(file, item.value), `${item.what} has no rule`);
  const patterns = (['node', 'tag', 'role', 'subject'] as const).flatMap((key) => {
    const value = given.get(key);
    return value === undefined ? [] : [[key, text(file, value, patternProblem)]];
  });
  const off = given.get('off');
  const severity = given.get('severity');
  const levels = given.get('levels');
  return {
    rule: text(file, rule, ruleProblem),
    ...(Object.fromEntries(patterns) as Partial<RuleSetting>),
    ...(off === undefined ? {} : { off: flag(file, off) }),
    ...(severity === undefined ? {} : { severity: text(file, severity, severityProblem) as Severity }),
    ...(levels === undefined ? {} : { levels: levelsOf(file, levels) }),
  };
}

function levelsOf(file: YamlFile, field: Field): Record<string, number> {
  return Object.fromEntries(
    [...entries(file, field, null)].map(([name, value]) => [name, number(file, value, { least: 0, most: 1e15, whole: false })]),
  );
}

function ruleProblem(rule: string): string | null {
  return /^[a-z0-9*-]+\/[a-z0-9*-]+$|^\*$/.test(rule) ? null : 'must be SUBSYSTEM/RULE, where * stands for any text';
}

function patternProblem(pattern: string): string | null {
  if (pattern === '') return 'is empty';
  return pattern.length > 256 || /\p{Cc}/u.test(pattern) ? 'must be up to 256 characters without control characters' : null;
}

function severityProblem(severity: string): string | null {
  return (SEVERITIES as readonly string[]).includes(severity) ? null : `must be ${SEVERITIES.join(', ')}`;
}
