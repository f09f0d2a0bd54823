import { existsSync, readFileSync } from 'node:fs';
import type { Watched } from '../../src/core/evaluate.ts';
import type { Levels, Next, Rule } from '../../src/core/rule.ts';
import { SUBSYSTEMS } from '../../src/subsystems/all.gen.ts';
import { type Field, fieldsOf } from './fields-of.ts';

const HEAD = `# Subsystems

Made from the definitions in \`src/subsystems\` by \`npm run docs\`; a test fails when it is not up to date.

Every field of a section may be \`null\` where the table says so: then the report's \`unknown\` has its path, kind and reason.
A rule's levels can be set for all nodes, a tag, a role, a node or a subject ([how](rules-and-thresholds.md)).
*From* says where a level comes from, often one of the four systems that Wardround unites: Orama (its node report, monitor and inspector),
ByteLyst (control of one machine), KruxOS (its gateway) and Wippy (its collectors).
`;

/** The text of docs/subsystems.md. */
export async function subsystemsPage(root: string): Promise<string> {
  const fleet = await fleetRules(root);
  const parts = SUBSYSTEMS.map(({ name, title, about, rules }) => {
    const section = fieldsOf(readFileSync(`${root}/src/subsystems/${name}/section.ts`, 'utf8'), camel(name));
    return [`## ${title} (\`${name}\`)`, about, '### Fields', fieldTable(section), ...ruleParts(name, rules)].join('\n\n');
  });
  const across = fleet.map(({ name, rules }) => [`## Across the fleet (\`${name}\`)`, ...ruleParts(name, rules)].join('\n\n'));
  return `${[HEAD.trim(), ...parts, ...across].join('\n\n')}\n`;
}

async function fleetRules(root: string): Promise<readonly Watched[]> {
  if (!existsSync(`${root}/src/fleet/rules.ts`)) return [];
  const { FLEET_RULES } = (await import(`${root}/src/fleet/rules.ts`)) as { FLEET_RULES: readonly Watched[] };
  return FLEET_RULES;
}

function fieldTable(fields: readonly Field[]): string {
  return [
    '| field | type | |',
    '|---|---|---|',
    ...fields.map(({ path, type, about }) => `| \`${path}\` | ${cell(type)} | ${cell(about)} |`),
  ].join('\n');
}

function ruleParts(subsystem: string, rules: readonly Rule[]): string[] {
  return rules.length === 0 ? [] : ['### Rules', rules.map((rule) => ruleItem(subsystem, rule)).join('\n')];
}

function ruleItem(subsystem: string, rule: Rule): string {
  const { severity: oramaSeverity, ...oramaLevels } = (rule.orama ?? {}) as { severity?: string } & Levels;
  const facts = [
    levelsText(rule.levels, oramaLevels),
    oramaSeverity === undefined ? '' : `In profile orama: ${oramaSeverity}.`,
    'needs' in rule && rule.needs.length > 0 ? `Needs ${rule.needs.map((field) => `\`${field}\``).join(', ')}.` : '',
    `From: ${escaped(rule.source)}.`,
    rule.next === undefined ? '' : `Next: ${nextText(rule.next)}`,
  ].filter((part) => part !== '');
  return `- **\`${subsystem}/${rule.name}\`** ${rule.severity}. ${escaped(rule.about)}\n  ${facts.join(' ')}`;
}

function levelsText(levels: Levels, orama: Levels): string {
  const each = Object.entries(levels).map(
    ([name, value]) => `\`${name}\` ${value}${orama[name] === undefined ? '' : ` (profile orama ${orama[name]})`}`,
  );
  return each.length === 0 ? '' : `Levels: ${each.join(', ')}.`;
}

function nextText(next: Next): string {
  return 'say' in next ? escaped(next.say) : `\`${next.command}\``;
}

function cell(text: string): string {
  return escaped(text).replaceAll('|', String.raw`\|`);
}

/** So that no text of a definition is read as a tag. */
function escaped(text: string): string {
  return text.replaceAll('<', '&lt;');
}

function camel(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
