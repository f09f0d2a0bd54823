import { LabError, until } from '../run.ts';
import type { Expected } from './expected.ts';
import { AT_LAB, ward } from './ward.ts';

interface Check {
  id: string;
  status: 'pass' | 'warn' | 'fail' | 'skip';
  node: string;
  subject: string;
}

/** What hosts are had try: in a healthy lab all of it goes well. */
const TRIED = ['network.wg_mesh_ping', 'dns.soa_outside', 'dns.ns_outside', 'dns.tls_outside'];

/** What a busy machine did not answer in time is inspected again. */
const LIMIT_S = 30;

/** The healthy lab: checks pass, some are skipped, none warns and none fails. */
export async function inspectHealthy(): Promise<void> {
  await untilNone('ward inspect passes all', () => {
    const { exit, checks } = inspected();
    const wrong = checks.filter(isWrong).map(({ id, node }) => `${id} of ${node} does not pass`);
    const untried = TRIED.filter((id) => !checks.some((check) => check.id === id && check.status === 'pass'));
    return [...wrong, ...untried.map((id) => `${id} passes nowhere`), ...(exit === 0 ? [] : [`it ends with ${exit}`])];
  });
}

/** The inspection names what the monitor finds, node and subject, of every finding that no other explains; and what only it has hosts try. */
export async function inspectBroken({ findings }: Expected, tried: readonly string[]): Promise<void> {
  await untilNone('ward inspect names all that is wrong', () => notNamed(findings, tried).map((line) => `not "${line}"`));
}

async function untilNone(what: string, problems: () => string[]): Promise<void> {
  let found: string[] = [];
  const none = () => {
    found = problems();
    return found.length === 0;
  };
  await until(what, LIMIT_S, none, () => found.join(', '));
}

function notNamed(findings: Expected['findings'], tried: readonly string[]): string[] {
  const wrong = inspected().checks.filter(isWrong);
  const missing = [...findings].filter((line) => {
    const [, , node, subject] = line.split(' ');
    return !line.endsWith(' muted') && !wrong.some((check) => (check.node === node || check.node === '') && check.subject === subject);
  });
  const failed = new Set(wrong.filter(({ status }) => status === 'fail').map(({ id, node, subject }) => `${id} ${node} ${subject}`));
  return [...missing, ...tried.filter((line) => !failed.has(line))];
}

function isWrong({ status }: Check): boolean {
  return status === 'warn' || status === 'fail';
}

function inspected(): { exit: number; checks: Check[] } {
  const { exit, stdout, stderr } = ward(['inspect', ...AT_LAB, '--format', 'json']);
  try {
    return { exit, checks: (JSON.parse(stdout) as { checks: Check[] }).checks };
  } catch {
    throw new LabError(`ward inspect --format json printed no JSON: ${(stderr || stdout).trim().slice(0, 200)}`);
  }
}
