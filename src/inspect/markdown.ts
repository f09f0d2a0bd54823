import { visible } from '../core/clean.ts';
import { listed, many } from '../core/units.ts';
import { placeOf } from './inspection.ts';
import type { AiAnswer, Inspected } from './report.ts';
import { type Result, type Status, totals } from './result.ts';

const TITLES: readonly [Status, string][] = [
  ['fail', 'Failed'],
  ['warn', 'Warned'],
  ['skip', 'Skipped'],
  ['pass', 'Passed'],
];

/** The inspection as Markdown, fails first. Text of a machine stands in it as text, whatever marks it has. */
export function markdown({ snapshot, results, ai }: Inspected): string {
  const sum = totals(results);
  const by = Map.groupBy(results, ({ status }) => status);
  const where = snapshot.environment === null ? '' : ` of ${plain(snapshot.environment)}`;
  const head = [
    `# Inspection${where}`,
    '',
    `${new Date(snapshot.taken_at_ms).toISOString()}: ${many(results.length, 'check')} on ${many(snapshot.nodes.length, 'node')}; ` +
      `${listed([`${sum.fail} failed`, `${sum.warn} warned`, `${sum.pass} passed`, `${sum.skip} skipped`])}.`,
  ];
  const parts = TITLES.flatMap(([status, title]) => table(title, by.get(status) ?? []));
  return `${[...head, ...parts, ...ai.flatMap(answer)].join('\n')}\n`;
}

function table(title: string, results: readonly Result[]): string[] {
  if (results.length === 0) return [];
  const rows = results.map((result) => `| ${[placeOf(result), result.id, result.message, evidenceOf(result)].map(plain).join(' | ')} |`);
  return ['', `## ${title} (${results.length})`, '', '| node | check | what | evidence |', '|---|---|---|---|', ...rows];
}

function evidenceOf({ evidence }: Result): string {
  if (evidence === null) return '';
  const { asked, answered, limit } = evidence;
  return [`${asked}: ${answered}`, limit === '' ? '' : `limit: ${limit}`].filter((part) => part !== '').join('; ');
}

function answer({ subsystem, answer: text, error }: AiAnswer): string[] {
  const said = error === null ? text : `${text}\n${error}`;
  return [
    '',
    `## What the model says of ${plain(subsystem)}`,
    '',
    ...said
      .trim()
      .split('\n')
      .map((line) => `    ${visible(line)}`),
  ];
}

/** Nothing in it is a mark of Markdown or HTML any more. */
function plain(text: string): string {
  return visible(text).replace(/[\\`*_{}[\]<>#|~!&$]/g, (sign) => (sign === '<' ? '&lt;' : sign === '&' ? '&amp;' : `\\${sign}`));
}
