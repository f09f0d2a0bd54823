import { CHECKS, type DefinedCheck } from '../../src/inspect/defined-checks.ts';

const HEAD = `# Checks of \`ward inspect\`

Made from the definitions in \`src/subsystems\` by \`npm run docs\`; a test fails when it is not up to date.

A check is one or more of the [rules](subsystems.md) under the id that people know it by, so that it never says anything else than the
monitor; rules in *italics* are held by the inspector only. It **fails** where a rule finds something critical (where the table says so, a
warning too), **warns** where it finds less, **passes** only where everything it needs was read, and is **skipped**, with the reason,
where not. \`*\` in an id is the unit.
`;

/** The text of docs/checks.md. */
export function checksPage(): string {
  const parts = [...Map.groupBy(CHECKS, ({ subsystem }) => subsystem)].map(([name, checks]) =>
    [`## ${name}`, '', '| id | importance | of | rules | fails from | needs |', '|---|---|---|---|---|---|', ...checks.map(row)].join('\n'),
  );
  return `${HEAD}\n${parts.join('\n\n')}\n`;
}

function row(check: DefinedCheck): string {
  const { id, importance, each } = check;
  const needs = (check.needs ?? check.ruleNeeds).map((path) => `\`${path}\``).join(', ');
  return `| \`${id}\` | ${importance} | ${of(check, each)} | ${toldBy(check)} | ${check.fails === true ? 'warning' : 'critical'} | ${needs} |`;
}

function toldBy({ rules, unasked, probe }: DefinedCheck): string {
  if (unasked !== undefined) return `always skipped: ${unasked}`;
  if (probe !== undefined) return probe.by === 'itself' ? 'tried by the node itself' : 'tried by other nodes';
  return rules.map((rule) => (typeof rule === 'string' ? `\`${rule}\`` : `*${rule.about}*`)).join(', ');
}

function of({ subjects }: DefinedCheck, each: 'node' | 'cluster'): string {
  if (each === 'cluster') return 'the fleet';
  return subjects === undefined ? 'each node' : 'each subject';
}
