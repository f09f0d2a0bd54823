import { randomBytes } from 'node:crypto';
import { printableJson } from '../../core/clean.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { placeOf } from '../inspection.ts';
import type { Inspected } from '../report.ts';
import { type Result, totals } from '../result.ts';
import { ADVICE } from './advice.ts';
import type { Redaction } from './redaction.ts';

/** One question to a model, as the endpoint gets it. */
export interface ModelRequest {
  subsystem: string;
  body: { model: string | null; stream: true; messages: readonly { role: 'system' | 'user'; content: string }[] };
}

/** So much of what nodes say goes into one question; the rest is left out, and said to be. */
const MOST_CHARACTERS = 60_000;
const MOST_LINES = 10;
const LONGEST_TEXT = 500;
/** A text is cut only after it was hidden, or half a secret would be no secret any more. */
const LONGEST_READ = 20_000;

/** One question for each subsystem in which something failed or warned, without a name, an address or a key in it. */
export function modelRequests({ snapshot, results }: Inspected, model: string | null, redaction: Redaction): ModelRequest[] {
  const wrong = results.filter(({ status }) => status === 'fail' || status === 'warn');
  const wrongIn = Map.groupBy(wrong, ({ subsystem }) => subsystem);
  const calm = [...new Set(results.map(({ subsystem }) => subsystem))].filter((name) => !wrongIn.has(name));
  const nodes = snapshot.nodes.map(({ name, role, report }) => ({ node: name, role, answered: report !== null }));
  return [...wrongIn].map(([subsystem, own]) => {
    const data = fitted(
      { subsystem, totals: totals(results), nothing_wrong_in: calm },
      { findings: own.map(findingOf), nodes, values_by_node: sections(snapshot, subsystem) },
      redaction,
    );
    return { subsystem, body: { model, stream: true, messages: messages(subsystem, data) } };
  });
}

function messages(subsystem: string, data: string): ModelRequest['body']['messages'] {
  // Nobody who wrote what stands in the data could know it.
  const mark = `DATA-${randomBytes(8).toString('hex')}`;
  return [
    { role: 'system', content: ADVICE.replaceAll('MARK', mark) },
    { role: 'user', content: `What is wrong with ${subsystem}, and what should be done?\n${mark}\n${data}\n${mark}` },
  ];
}

function findingOf(result: Result): object {
  const { id, status, importance, message, subject, evidence, log, follows } = result;
  return { check: id, status, importance, node: placeOf(result), subject, message, evidence, log: log.slice(-MOST_LINES), follows };
}

function sections({ nodes }: Snapshot, subsystem: string): object[] {
  return nodes.flatMap(({ name, report }) => {
    const section = report?.[subsystem] ?? null;
    return section === null ? [] : [{ node: name, values: section }];
  });
}

/** The lists in this order, of each as much as there is room for, and how many of it were left out. */
function fitted(head: object, lists: Readonly<Record<string, readonly object[]>>, redaction: Redaction): string {
  const whole: Record<string, unknown> = { ...head };
  let left = MOST_CHARACTERS;
  for (const [name, list] of Object.entries(lists)) {
    const parts: unknown[] = [];
    for (const each of list) {
      const part = hidden(each, redaction);
      left -= printableJson(part).length;
      if (left < 0) break;
      parts.push(part);
    }
    whole[name] = parts;
    if (parts.length < list.length) whole[`${name}_left_out_for_length`] = list.length - parts.length;
  }
  return printableJson(whole);
}

/** The same with every text in it hidden. */
function hidden(value: unknown, redaction: Redaction): unknown {
  if (typeof value === 'string') return redaction.hide(value.slice(0, LONGEST_READ)).slice(0, LONGEST_TEXT);
  if (Array.isArray(value)) return value.map((item) => hidden(item, redaction));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [redaction.hide(key), hidden(inner, redaction)]));
}
