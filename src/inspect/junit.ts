import { visible } from '../core/clean.ts';
import { placeOf } from './inspection.ts';
import type { Inspected } from './report.ts';
import { type Result, totals } from './result.ts';

/** The inspection as JUnit XML: a suite for each subsystem. A warning is a case that passed, with its sentence as output. */
export function junit({ snapshot, results }: Inspected): string {
  const { fail, skip } = totals(results);
  const time = (snapshot.duration_ms / 1000).toFixed(3);
  const suites = [...Map.groupBy(results, ({ subsystem }) => subsystem)].map(([name, own]) => suite(name, own));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="ward inspect" tests="${results.length}" failures="${fail}" errors="0" skipped="${skip}" time="${time}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(name: string, results: readonly Result[]): string {
  const { fail, skip } = totals(results);
  const open = `  <testsuite name="${xml(name)}" tests="${results.length}" failures="${fail}" errors="0" skipped="${skip}">`;
  return [open, ...results.map(testCase), '  </testsuite>'].join('\n');
}

function testCase(result: Result): string {
  const { id, subject, status, message } = result;
  const name = subject === '' || id.endsWith(subject) ? id : `${id} ${subject}`;
  const open = `    <testcase classname="${xml(placeOf(result))}" name="${xml(name)}"`;
  if (status === 'pass') return `${open}/>`;
  const inner = {
    fail: `<failure message="${xml(message)}">${lines(details(result))}</failure>`,
    skip: `<skipped message="${xml(message)}"/>`,
    warn: `<system-out>${lines([`warning: ${message}`, ...details(result)])}</system-out>`,
  };
  return `${open}>\n      ${inner[status]}\n    </testcase>`;
}

function details({ evidence, log }: Result): string[] {
  const seen = evidence === null ? [] : [`asked: ${evidence.asked}`, `answered: ${evidence.answered}`, `limit: ${evidence.limit}`];
  return [...seen, ...log];
}

const ESCAPES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;', "'": '&apos;' };

/** Without what XML cannot hold; one line stays one line. */
function xml(text: string): string {
  return visible(text).replace(/[<>&"'\ufffe\uffff]/g, (sign) => ESCAPES[sign] ?? '?');
}

/** Indented, so that no line of a machine stands where one of ours could. */
function lines(texts: readonly string[]): string {
  return texts.map(xml).join('\n        ');
}
