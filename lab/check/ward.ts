import { join } from 'node:path';
import { PROJECT, stateFile } from '../places.ts';
import { LabError, type Ran, ran } from '../run.ts';

/** Longer than ward's own deadline for a node. */
const LIMIT_S = 40;

/** Runs the built ward as a person or a script would who has no terminal. */
export function ward(words: readonly string[]): Ran {
  return ran([process.execPath, join(PROJECT, 'bin/ward.cjs'), ...words], { limit_s: LIMIT_S, env: { NO_COLOR: '1' } });
}

/** The words that point ward at the lab. */
export const AT_LAB: readonly string[] = ['--config', stateFile('nodes.yaml')];

/** What `ward monitor alerts` shows: its findings in expected.txt's form, in order, and its exit code. */
export interface Shown {
  findings: string[];
  exit: number;
}

/** What it shows now of the lab. */
export function alerts(): Shown {
  const { exit, stdout, stderr } = ward(['monitor', 'alerts', ...AT_LAB, '--json', '--all', '--fail-on', 'warning']);
  return { findings: parsed(stdout, stderr).map(inWords).sort(), exit };
}

interface Alert {
  severity: string;
  rule: string;
  node: string;
  subject: string;
  state: string;
}

function parsed(stdout: string, stderr: string): Alert[] {
  try {
    return JSON.parse(stdout) as Alert[];
  } catch {
    throw new LabError(`ward monitor alerts --json printed no JSON: ${(stderr || stdout).trim().slice(0, 200)}`);
  }
}

function inWords({ severity, rule, node, subject, state }: Alert): string {
  return [severity, rule, node, subject === '' ? '-' : subject, ...(state === 'firing' ? [] : [state])].join(' ');
}
