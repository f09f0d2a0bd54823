import { LabError, until } from '../run.ts';
import { AT_LAB, ward } from './ward.ts';

const SUBCOMMANDS = ['cluster', 'node', 'service', 'mesh', 'dns', 'namespaces', 'containers', 'alerts', 'report'];

/** Words after `ward`, and how the command must end while the lab is healthy. */
type Ending = readonly [words: readonly string[], exit: number];

const TEXTS: readonly Ending[] = [
  [['monitor', ...AT_LAB], 0],
  ...SUBCOMMANDS.map((name): Ending => [['monitor', name, ...AT_LAB], 0]),
  [['monitor', 'alerts', '--nagios', ...AT_LAB], 0],
  [['monitor', 'node', '--node', 'ns2', ...AT_LAB], 0],
];

const JSONS: readonly Ending[] = SUBCOMMANDS.map((name): Ending => [['monitor', name, '--json', ...AT_LAB], 0]);

const REFUSALS: readonly Ending[] = [
  [['monitor', 'live', ...AT_LAB], 2],
  [['monitor', 'cluster', '--node', 'nobody', ...AT_LAB], 2],
  [['monitor', 'cluster', '--env', 'nowhere', ...AT_LAB], 2],
  [['monitor', 'cluster', '--config', '/nowhere/nodes.yaml'], 3],
];

/** A host of a busy machine may not tell all in time at once. */
const TRIES = 3;

/** Every subcommand of `ward monitor` as text: the healthy lab ends it with 0, and something is printed. */
export function checkTexts(): void {
  fail(TEXTS.flatMap(([words, exit]) => problem(words, exit, (stdout) => (stdout.trim() === '' ? 'it prints nothing' : ''), TRIES)));
}

/** Every subcommand as JSON: one document on standard output and nothing else. */
export function checkJsons(): void {
  fail(JSONS.flatMap(([words, exit]) => problem(words, exit, isJson, TRIES)));
}

/** A host of which all was read and nothing is wrong is called healthy, and nothing less; what a busy machine did not answer in time is asked again. */
export async function checkStatuses(): Promise<void> {
  let wrong = '';
  const healthy = () => {
    const rows = JSON.parse(ward(['monitor', 'cluster', '--json', ...AT_LAB]).stdout) as { name: string; status: string }[];
    wrong = rows.flatMap(({ name, status }) => (status === 'healthy' ? [] : [`${name} is called ${status}`])).join('; ');
    return wrong === '';
  };
  await until('every host is called healthy', 20, healthy, () => wrong);
}

/** What cannot be done: the exit code says so, and standard output stays empty. */
export function checkRefusals(): void {
  fail(REFUSALS.flatMap(([words, exit]) => problem(words, exit, (stdout) => (stdout === '' ? '' : 'it prints on standard output'), 1)));
}

function problem(words: readonly string[], wanted: number, look: (stdout: string) => string, tries: number): string[] {
  const { exit, stdout, stderr } = ward(words);
  const said = stderr.trim().split('\n').at(-1) ?? '';
  const wrong = exit === wanted ? look(stdout) : `exit ${exit} in place of ${wanted}${said === '' ? '' : `, "${said.slice(0, 120)}"`}`;
  if (wrong === '') return [];
  return tries > 1 ? problem(words, wanted, look, tries - 1) : [`ward ${words.join(' ').replace(` ${AT_LAB.join(' ')}`, '')}: ${wrong}`];
}

function isJson(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

function fail(problems: readonly string[]): void {
  if (problems.length > 0) throw new LabError(problems.join('; '));
}
