import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ONLY } from '../../src/agent/forced-command.ts';
import { VERSION } from '../../src/core/version.gen.ts';
import type { Sshd } from '../fleet/sshd.ts';
import { buildWard, install, MISSING, rawSsh, said, startHost, WHY } from './host.ts';

/** Lines that are none of the four sayings, each with a way out in mind. */
const TRIES = [
  ...['id', 'sh', 'bash -i', 'sudo -n id', '/usr/bin/node -e 1', '-e process.exit(0)', '--help', 'ssh', 'ssh report', 'REPORT'],
  ...['report; id', 'report && id', 'report | id', 'report\nid', 'report > /tmp/x', 'report #', 'report $(id)', 'report `id`'],
  ...[' report', 'report ', 'report  --frame abcdefgh', 'report\t--frame abcdefgh', 'report --json', 'report --only system'],
  ...[
    'report --frame $(id)aaaa',
    `report --frame ${'a'.repeat(65)}`,
    'report --frame abcdefgh --json',
    'report --frame=abcdefgh',
    'version --help',
  ],
  ...[
    'probe tcp -oProxyCommand=id',
    'probe tcp $(id)',
    'probe tcp a b',
    'probe ../x a',
    'follow /etc/shadow',
    'scp -f /etc/shadow',
    'rsync --server --sender . /etc',
  ],
];

describe.skipIf(MISSING.length > 0)(`a key that may only ask${WHY}`, () => {
  let host: Sshd;
  beforeAll(async () => {
    buildWard();
    // More than any distribution lets through, so that it is the agent's own rules that hold.
    host = await startHost({
      config: [
        'AcceptEnv LANG LC_* NODE_* BUN_* SSH_ORIGINAL_COMMAND WARD_*',
        'Subsystem sftp internal-sftp',
        'PermitTTY yes',
        'AllowTcpForwarding yes',
      ],
    });
    expect(await install(host)).toMatchObject({ kind: 'done' });
  });
  afterAll(() => host.stop());

  it.each(TRIES)('is refused %j', async (line) => {
    expect(await said(host, 'wardround', line)).toEqual({ exit: 6, stdout: '', stderr: `ward: ${ONLY}` });
  });

  it.each([
    ['a shell', []],
    ['a terminal', ['-tt']],
    ['files', ['-s', 'sftp']],
  ])('gets not even %s without a word', async (_, words) => {
    const { stdout, stderr, exit } = await rawSsh(host, 'wardround', words);
    expect(stdout).toBe('');
    // Of a terminal sshd itself says that it is not to be had.
    expect(exit === 6 || /PTY allocation request failed/.test(stderr)).toBe(true);
  });

  it('opens no way to other machines, in neither direction', async () => {
    expect((await rawSsh(host, 'wardround', [], ['-W', `127.0.0.1:${host.port}`])).stderr).toContain('administratively prohibited');
    expect((await rawSsh(host, 'wardround', ['version'], ['-R', '0:127.0.0.1:1', '-o', 'ExitOnForwardFailure=yes'])).stderr).toMatch(
      /remote port forwarding failed/,
    );
  });

  it.each([
    'NODE_OPTIONS=--no-such-option',
    'NODE_OPTIONS=--require=/etc/passwd',
    'BUN_OPTIONS=--preload=/etc/passwd',
    'WARD_STATE_DIR=/tmp/elsewhere',
    'SSH_ORIGINAL_COMMAND=report',
  ])('hands the agent nothing of its own environment: %s', async (setting) => {
    expect(await rawSsh(host, 'wardround', ['version'], ['-o', `SetEnv=${setting}`])).toMatchObject({ exit: 0, stdout: `${VERSION}\n` });
  });

  it.each([
    ['/usr/bin/node /usr/local/lib/wardround/agent.cjs report'],
    ['/usr/bin/node /usr/local/lib/wardround/agent.cjs ssh report'],
    ['/usr/bin/node -e 1 /usr/local/lib/wardround/agent.cjs ssh'],
    ['NODE_OPTIONS=--version /usr/bin/node /usr/local/lib/wardround/agent.cjs ssh'],
    ['-u daemon /usr/bin/node /usr/local/lib/wardround/agent.cjs ssh'],
    ['id'],
  ])('and were its user to get a shell, sudo would still refuse: %s', async (words) => {
    const { exit, stdout } = await said(host, 'root', `setpriv --reuid wardround --regid wardround --clear-groups sudo -n ${words}`);
    expect([exit, stdout]).toEqual([1, '']);
  });

  it('and its user owns no file that it could change: neither its keys nor anything else of ward', async () => {
    const { stdout } = await said(
      host,
      'root',
      'find /etc/wardround /usr/local/lib/wardround /etc/sudoers.d /var/lib/wardround "(" -user wardround -o -group wardround -o -perm /022 ")" -not -type l',
    );
    expect(stdout).toBe('');
  });
});
