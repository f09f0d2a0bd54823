import { LabError } from '../run.ts';
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

/** The healthy lab: checks pass, some are skipped, none warns and none fails. */
export function inspectHealthy(): void {
  const { exit, checks } = inspected();
  const wrong = checks.filter(isWrong).map(({ id, node }) => `${id} of ${node}`);
  if (exit !== 0 || wrong.length > 0) throw new LabError(`ward inspect ends with ${exit}, not passed: ${wrong.join(', ') || 'none'}`);
  for (const id of TRIED) {
    if (!checks.some((check) => check.id === id && check.status === 'pass'))
      throw new LabError(`ward inspect does not pass ${id} anywhere`);
  }
}

/** The inspection names what the monitor finds, node and subject, of every finding that no other explains; and what only it has hosts try. */
export function inspectBroken({ findings }: Expected, tried: readonly string[]): void {
  const wrong = inspected().checks.filter(isWrong);
  const missing = [...findings].filter((line) => {
    const [, , node, subject] = line.split(' ');
    return !line.endsWith(' muted') && !wrong.some((check) => (check.node === node || check.node === '') && check.subject === subject);
  });
  const failed = new Set(wrong.filter(({ status }) => status === 'fail').map(({ id, node, subject }) => `${id} ${node} ${subject}`));
  missing.push(...tried.filter((line) => !failed.has(line)));
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
