import { asSteps, atOnce } from '../../src/core/steps.ts';
import { type Evaluation, evaluate } from '../../src/core/evaluate.ts';
import type { Finding, NodeSection } from '../../src/core/rule.ts';
import type { NodeSnapshot, Snapshot } from '../../src/core/snapshot.ts';
import type { Registered } from '../../src/core/subsystem.ts';
import { visible } from '../../src/core/clean.ts';
import { type Cell, type Table, textOf } from '../../src/core/view.ts';

/** What people would learn from a case, as plain text: states, findings with evidence, skipped checks, tables. */
export function page(subsystem: Registered, snapshot: Snapshot): string {
  const evaluation = evaluate(snapshot, [subsystem], []);
  const sections = snapshot.nodes.flatMap((node) => sectionOf(subsystem, node, snapshot));
  const lines = [
    ...snapshot.nodes.map((node) => stateLine(subsystem, node, snapshot)),
    ...snapshot.nodes.flatMap((node) => (node.report?.unknown ?? []).map(({ path, kind, reason }) => `unknown ${node.name} ${path}: ${kind}, ${visible(reason)}`)),
    '',
    ...findingLines(evaluation),
    ...atOnce(asSteps(subsystem.columns.fleet?.(sections as never, snapshot) ?? [])).flatMap((table) => ['', ...tableLines(table)]),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function sectionOf({ name }: Registered, node: NodeSnapshot, snapshot: Snapshot): NodeSection<unknown>[] {
  const section = node.report?.[name] ?? null;
  return section === null ? [] : [{ node, snapshot, section }];
}

function stateLine(subsystem: Registered, node: NodeSnapshot, snapshot: Snapshot): string {
  if (node.report === null) return `${node.name} failed: ${node.failure?.message}`;
  const [section] = sectionOf(subsystem, node, snapshot);
  const summary = section === undefined ? '' : `: ${written(subsystem.columns.summary(section as never))}`;
  return `${node.name} ${node.report.states[subsystem.name]}${summary}`;
}

function findingLines({ findings, checks }: Evaluation): string[] {
  return [
    ...(findings.length === 0 ? ['no findings'] : findings.flatMap(findingOf)),
    ...checks.filter(({ outcome }) => outcome === 'skip').map(({ rule, node, reason }) => `skipped ${rule} ${node}: ${visible(reason)}`),
  ];
}

function findingOf({ severity, state, rule, node, subject, message, evidence, next, log }: Finding): string[] {
  const step = next === null ? [] : [`    next: ${'say' in next ? next.say : `${next.on}: ${next.command}`}`];
  return [
    `${severity}${state === 'firing' ? '' : ` (${state})`} ${rule} ${node} ${visible(subject)}: ${visible(message)}`,
    `    ${[evidence.asked, evidence.answered, evidence.limit].filter((part) => part !== '').map(visible).join(' | ')}`,
    ...log.map((line) => `    log: ${visible(line)}`),
    ...step,
  ];
}

function tableLines({ columns, count, rows, note }: Table): string[] {
  const cells = [columns.map(({ title }) => title), ...rows.map((row) => [...row.cells, ...(row.across === undefined ? [] : [row.across])].map(written))];
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  return [`table ${count}`, ...cells.map((row) => row.map((text, at) => text.padEnd(widths[at] ?? 0)).join('  ').trimEnd()), ...(note === '' ? [] : [note])];
}

function written(cell: Cell): string {
  return visible(textOf(cell));
}
