import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { programPath } from '../../../src/fleet/ssh/program.ts';
import { ask } from '../../fleet/ask.ts';
import { putFramedWard } from '../../fleet/framed-ward.ts';
import { nodeOf, SSHD, type Sshd, startSshd, WITHOUT_SSHD } from '../../fleet/sshd.ts';

const AGENT = programPath('ssh-agent', process.env);
const ANSWERED = { failure: null, report: { hostname: 'h' } };

/** Starts an ssh-agent with this key, to which all that ssh is started from here has the way; it ends with the test. */
async function agentWith(identity: string, folder: string): Promise<void> {
  const socket = join(folder, 'agent');
  const agent: ChildProcess = spawn(AGENT ?? '', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] });
  const before = process.env['SSH_AUTH_SOCK'];
  onTestFinished(() => {
    agent.kill();
    if (before === undefined) delete process.env['SSH_AUTH_SOCK'];
    else process.env['SSH_AUTH_SOCK'] = before;
  });
  await new Promise((resolve) => agent.stdout?.once('data', resolve));
  process.env['SSH_AUTH_SOCK'] = socket;
  execFileSync('ssh-add', ['-q', identity], { stdio: 'ignore' });
}

describe.skipIf(SSHD === null)(`ways into a node${WITHOUT_SSHD}`, () => {
  let sshd: Sshd;
  let authority = '';
  beforeAll(async () => {
    sshd = await startSshd();
    putFramedWard(sshd);
    authority = join(sshd.folder, 'authority');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', authority]);
  });
  afterAll(() => sshd.stop());

  it.skipIf(AGENT === null)(
    `a key that only the ssh-agent has${AGENT === null ? ' (skipped: ssh-agent is not installed)' : ''}`,
    async () => {
      await agentWith(sshd.identity, sshd.folder);
      expect(await ask(nodeOf(sshd, { identity_file: null }))).toMatchObject(ANSWERED);
    },
  );

  it('a certificate beside the key, and one that has run out is refused', async () => {
    const trusting = await startSshd({ config: ['AuthorizedKeysFile none', `TrustedUserCAKeys ${authority}.pub`] });
    putFramedWard(trusting);
    onTestFinished(() => trusting.stop());
    const sign = (validity: string) => {
      rmSync(`${trusting.identity}-cert.pub`, { force: true });
      execFileSync('ssh-keygen', [
        '-q',
        '-s',
        authority,
        '-I',
        'ward',
        '-n',
        userInfo().username,
        '-V',
        validity,
        `${trusting.identity}.pub`,
      ]);
      expect(readFileSync(`${trusting.identity}-cert.pub`, 'utf8')).toContain('cert-v01');
    };
    sign('-1d:+1d');
    expect(await ask(nodeOf(trusting))).toMatchObject(ANSWERED);
    sign('-2d:-1d');
    expect((await ask(nodeOf(trusting))).failure).toMatchObject({ cause: 'authentication' });
  });
});
