import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FOLDER } from '../faults.ts';
import { LabError } from '../run.ts';

/** What `ward monitor alerts` must show and how it must end. */
export interface Expected {
  /** `severity rule node subject`, with `muted` or `pending` behind it. */
  findings: ReadonlySet<string>;
  /** Those that come only after minutes, and so may be there or not. */
  later: ReadonlySet<string>;
  exit: number;
}

/** The healthy lab: nothing at all. */
export const HEALTHY: Expected = { findings: new Set(), later: new Set(), exit: 0 };

const FINDING = /^(critical|warning|info) [a-z-]+\/[a-z0-9-]+ \S+ \S+( muted| pending)?( later)?$/;

/** What a fault's expected.txt says. */
export function expectedOf(fault: string): Expected {
  return parseExpected(readFileSync(join(FOLDER, fault, 'expected.txt'), 'utf8'));
}

/** Findings, one a line, and the exit code; a line of any other form is an error. */
export function parseExpected(text: string): Expected {
  const findings = new Set<string>();
  const later = new Set<string>();
  let exit: number | null = null;
  for (const line of text.trim().split('\n')) {
    if (/^exit \d+$/.test(line)) exit = Number(line.slice(5));
    else if (!FINDING.test(line))
      throw new LabError(`expected.txt: "${line}" is no finding; its form is: SEVERITY RULE NODE SUBJECT [muted|pending] [later]`);
    else if (line.endsWith(' later')) later.add(line.slice(0, -' later'.length));
    else findings.add(line);
  }
  if (exit === null) throw new LabError('expected.txt: no line says "exit N"');
  return { findings, later, exit };
}

/** How what was seen differs from what is expected, in words; empty where it does not. */
export function difference(expected: Expected, seen: { findings: readonly string[]; exit: number }): string {
  const parts = [
    ...[...expected.findings].filter((line) => !seen.findings.includes(line)).map((line) => `lacks "${line}"`),
    ...seen.findings.filter((line) => !expected.findings.has(line) && !expected.later.has(line)).map((line) => `has "${line}"`),
    ...(seen.exit === expected.exit ? [] : [`exit ${seen.exit} in place of ${expected.exit}`]),
  ];
  return parts.join(', ');
}
