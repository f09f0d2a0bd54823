import { LabError } from '../run.ts';
import type { Expected } from './expected.ts';
import { AT_LAB, ward } from './ward.ts';

interface Check {
  id: string;
  status: 'pass' | 'warn' | 'fail' | 'skip';
  node: string;
  subject: string;
}

/** The healthy lab: checks pass, some are skipped, none warns and none fails. */
export function inspectHealthy(): void {
  const { exit, checks } = inspected();
  const wrong = checks.filter(isWrong).map(({ id, node }) => `${id} of ${node}`);
  if (exit !== 0 || wrong.length > 0) throw new LabError(`ward inspect ends with ${exit}, not passed: ${wrong.join(', ') || 'none'}`);
  if (!checks.some(({ status }) => status === 'pass')) throw new LabError('ward inspect passes nothing');
}

/** The inspection names what the monitor finds, node and subject, of every finding that no other explains. */
export function inspectBroken({ findings }: Expected): void {
  const wrong = inspected().checks.filter(isWrong);
  const missing = [...findings].filter((line) => {
    const [, , node, subject] = line.split(' ');
    return !line.endsWith(' muted') && !wrong.some((check) => (check.node === node || check.node === '') && check.subject === subject);
  });
  if (missing.length > 0) throw new LabError(`ward inspect does not name "${missing.join('", "')}"`);
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
