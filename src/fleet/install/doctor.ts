import { VERSION } from '../../core/version.gen.ts';
import { runSsh } from '../ssh/run-ssh.ts';
import { line } from '../ssh/outcome.ts';
import { atLogin } from '../ssh/ssh-lines.ts';
import { told } from '../ssh/told.ts';
import { sshOptions } from '../ssh/words.ts';
import { type Admin, openSession } from './admin.ts';
import { agentFor } from './agent-file.ts';
import { type Check, checksOn } from './host-checks.ts';
import { lookAt } from './install-node.ts';
import { USER } from './places.ts';

const LOGIN_MS = 20_000;

/** Looks whether all of an install on one node is as it should be; a text says why nobody could look. Changes nothing, never rejects. */
export async function diagnose(admin: Admin, asker: Admin, folder: string): Promise<Check[] | string> {
  const session = await openSession(admin);
  if (typeof session === 'string') return session;
  try {
    const host = await lookAt(session);
    if (typeof host === 'string') return host;
    return [...checksOn(host, agentFor(host, folder)), ...(host.user === null ? [] : [await loginCheck(asker)])];
  } finally {
    await session.close();
  }
}

/** Asks the agent for its version the way a round would ask for its report. */
async function loginCheck({ target, program, env, signal }: Admin): Promise<Check> {
  const as = { ...target, node: { ...target.node, user: USER, password: null } };
  const words = [...sshOptions(as, ['ControlMaster=no', 'ControlPath=none']), '--', target.node.host ?? '', 'version'];
  const { stdout, stderr, exit } = await runSsh(program, words, env, { ms: LOGIN_MS, bytes: 64 * 1024, signal });
  const version = stdout.toString('utf8').trim();
  if (exit === 0 && version === VERSION) return { state: 'pass', says: `The agent answers ${USER} that it is ${VERSION}` };
  if (exit === 0) return { state: 'fail', says: `The agent answers ${USER} that it is ${line(version)}, and this ward is ${VERSION}` };
  const { before, after } = atLogin(stderr);
  return { state: 'fail', says: `The agent does not answer ${USER}: ${told(before)?.message ?? (line(after) || 'it said nothing')}` };
}
