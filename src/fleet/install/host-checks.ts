import { VERSION } from '../../core/version.gen.ts';
import { many } from '../../core/units.ts';
import type { AgentFile } from './agent-file.ts';
import { type HostFacts, OLDEST_NODE } from './host.ts';
import { keyLine, PLACES, ruledCommand, sudoersText, USER } from './places.ts';

/** One thing that was looked at; `skip` is what could not be. */
export interface Check {
  state: 'pass' | 'fail' | 'skip';
  /** A sentence's worth, with what was found. */
  says: string;
}

/** Holds what was found on a node against what an install leaves. */
export function checksOn(host: HostFacts, agent: AgentFile | string): Check[] {
  return [
    agentCheck(host, agent),
    nodeCheck(host),
    ...modeChecks(host),
    ...userChecks(host),
    ...keyChecks(host),
    ...sudoChecks(host),
    ...sshdChecks(host),
  ];
}

const check = (fine: boolean, pass: string, fail: string): Check => (fine ? { state: 'pass', says: pass } : { state: 'fail', says: fail });

function agentCheck({ digests }: HostFacts, agent: AgentFile | string): Check {
  if (digests.size === 0) return { state: 'fail', says: `There is no agent in ${PLACES.folder}` };
  if (typeof agent === 'string') return { state: 'skip', says: `Its agent cannot be held against this ward's: ${agent}` };
  const found = digests.get(agent.place);
  return check(
    found === agent.sha256,
    `${agent.place} is the one of this ward ${VERSION}`,
    `${agent.place} is not the one of this ward ${VERSION}; ward node upgrade brings it up to date`,
  );
}

function nodeCheck({ node, digests }: HostFacts): Check {
  if (!digests.has(PLACES.bundle)) return { state: 'pass', says: 'Its agent needs no Node.js' };
  return check(
    node !== null,
    `${node?.path ?? ''} is Node.js ${node?.version ?? ''}`,
    `There is no Node.js from ${OLDEST_NODE} on in /usr/bin or /usr/local/bin, and its agent needs it`,
  );
}

const EXPECTED: Readonly<Record<string, string>> = {
  [PLACES.bundle]: '644',
  [PLACES.executable]: '755',
  [PLACES.keys]: '644',
  [PLACES.sudoers]: '440',
};

/** Whoever may change one of these, or a folder above, is root. */
function modeChecks({ raw, node }: HostFacts): Check[] {
  const facts = (raw.get('mode') ?? []).flatMap((text) => {
    const [, mode = '', uid = '', path = ''] = /^(\d+)-(\d+)-\d+-\S+ (.+)$/.exec(text) ?? [];
    return path === '' || (path.endsWith('/node') && path !== node?.path) ? [] : [{ mode, uid, path }];
  });
  const strange = facts.filter(({ mode, uid, path }) => uid !== '0' || isOpen(mode) || (EXPECTED[path] ?? mode) !== mode);
  if (strange.length === 0)
    return [{ state: 'pass', says: `All ${facts.length} files and folders of it are root's, and nobody else may write there` }];
  return strange.map(({ mode, uid, path }) => ({
    state: 'fail',
    says:
      uid !== '0'
        ? `${path} belongs to user ${uid} and not to root`
        : `${path} has mode ${mode}, and should have ${EXPECTED[path] ?? 'no right to write for others'}`,
  }));
}

/** Whether group or others may write. */
function isOpen(mode: string): boolean {
  return (Number.parseInt(mode, 8) & 0o022) !== 0;
}

function userChecks({ user, raw }: HostFacts): Check[] {
  if (user === null) return [{ state: 'fail', says: `There is no user ${USER}` }];
  const password = raw.get('password')?.[0];
  return [
    check(
      user.uid !== 0 && user.home === PLACES.home && user.shell === '/bin/sh',
      `The user ${USER} has no home but ${PLACES.home}, which is root's`,
      `The user ${USER} has the number ${user.uid}, the home ${user.home} and the shell ${user.shell}`,
    ),
    password === undefined
      ? { state: 'skip', says: 'Whether its user has a password could not be read' }
      : check(
          password === 'none',
          `The user ${USER} has no password`,
          password === 'set' ? `The user ${USER} has a password` : `The user ${USER} is locked, and an sshd without PAM keeps it out`,
        ),
  ];
}

function keyChecks({ keys, digests, node }: HostFacts): Check[] {
  if (keys.length === 0) return [{ state: 'fail', says: `${PLACES.keys} has no key` }];
  const node_path = digests.has(PLACES.bundle) ? (node?.path ?? '') : null;
  const command = keyLine('', node_path, null).slice('restrict,'.length).trim();
  const wide = keys.filter((text) => !text.startsWith('restrict,') || !text.includes(`${command} `));
  return [
    check(
      wide.length === 0,
      `Its ${many(keys.length, 'key')} may ask the agent and nothing else`,
      `${wide.length} of its ${many(keys.length, 'key')} may do more than ask the agent, or ask another one`,
    ),
  ];
}

function sudoChecks({ rules, raw, digests, node }: HostFacts): Check[] {
  const command = ruledCommand(digests.has(PLACES.bundle) ? (node?.path ?? '') : null);
  const allowed = (raw.get('allowed') ?? []).filter((text) => /^\s*\(/.test(text)).map((text) => text.trim());
  return [
    check(
      rules.join('\n') === sudoersText([command]).trimEnd(),
      `${PLACES.sudoers} is as ward wrote it`,
      `${PLACES.sudoers} is not as ward would write it`,
    ),
    check(
      raw.get('sudoers')?.[0] === 'fine',
      'visudo finds nothing wrong with the rules for sudo',
      'visudo finds the rules for sudo wrong; visudo -c says where',
    ),
    check(
      allowed.length === 1 && allowed[0] === `(root) NOPASSWD: ${command}`,
      `sudo lets ${USER} run one command: ${command}`,
      `sudo lets ${USER} run ${allowed.length === 0 ? 'nothing' : allowed.join('; ')}`,
    ),
  ];
}

/** As its sshd says that it treats this user. */
function sshdChecks({ raw }: HostFacts): Check[] {
  const settings = new Map((raw.get('sshd') ?? []).map((text) => [text.slice(0, text.indexOf(' ')), text.slice(text.indexOf(' ') + 1)]));
  if (settings.size === 0) return [{ state: 'skip', says: 'Its sshd does not say how it treats the user' }];
  const files = (settings.get('authorizedkeysfile') ?? '').split(' ');
  const only = settings.get('allowusers');
  return [
    check(
      files.some((file) => file === '.ssh/authorized_keys' || file === PLACES.keys || file === '%h/.ssh/authorized_keys'),
      `Its sshd reads ${PLACES.keys}`,
      `Its sshd reads keys from ${files.join(' and ')} alone, and not from ${PLACES.keys}`,
    ),
    check(
      (settings.get('permituserenvironment') ?? 'no') === 'no',
      'Its sshd takes no environment from key files',
      'Its sshd takes environment from key files (PermitUserEnvironment)',
    ),
    check(
      only === undefined || only.split(' ').some((name) => name.split('@')[0] === USER),
      'Its sshd lets the user in',
      `Its sshd lets in ${only ?? ''} alone (AllowUsers)`,
    ),
  ];
}
