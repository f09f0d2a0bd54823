import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { fingerprintOf } from '../../src/fleet/ssh/host-keys.ts';
import { putFramedWard } from '../fleet/framed-ward.ts';
import { SSHD, type Sshd, startSshd } from '../fleet/sshd.ts';
import { onTerminal, SCRIPT } from './on-a-terminal.ts';
import { ended, home, useWard, ward } from './run-ward.ts';

useWard();

describe.skipIf(SSHD === null)(`ward node trust${SSHD === null ? ' (skipped: no sshd on this machine)' : ''}`, () => {
  let sshd: Sshd;
  let fingerprint: string;
  const config = join(home, 'new.yaml');
  const known = join(home, 'state/known_hosts');
  beforeAll(async () => {
    sshd = await startSshd();
    fingerprint = fingerprintOf(readFileSync(`${sshd.hostKey}.pub`, 'utf8').split(' ')[1] ?? '');
    const node = `{address: 127.0.0.1, port: ${sshd.port}, user: ${userInfo().username}, identity_file: ${sshd.identity}}`;
    writeFileSync(config, `environments: {lab: {nodes: {ns1: ${node}}}}\n`);
  });
  afterAll(() => sshd.stop());
  const trust = (...words: string[]) => ward(['node', 'trust', 'ns1', '--config', config, ...words]);

  it('shows the fingerprint and writes nothing where nobody can be asked', async () => {
    const { exit, stdout, stderr } = await trust();
    expect(exit).toBe(6);
    expect(stdout).toMatch(new RegExp(`^ns1 +! new +ssh-ed25519 +${fingerprint.replace(/[+/]/g, '\\$&')}$`, 'm'));
    expect(stderr).toMatch(/^ward: 1 key not trusted; nothing was written\n.*ward node trust ns1 --config \S+ --yes$/m);
    expect(existsSync(known)).toBe(false);
  });

  it.skipIf(SCRIPT === null)(
    `takes no other word for yes${SCRIPT === null ? ' (skipped: no script(1) on this machine)' : ''}`,
    async () => {
      const child = onTerminal(['node', 'trust', 'ns1', '--config', config], 120);
      const end = ended(child);
      child.stdout?.on('data', (text: string) => {
        if (text.includes('Type yes')) child.stdin?.write('y\n');
      });
      const { exit, stdout } = await end;
      expect(exit).toBe(6);
      expect(stdout).toContain('Are these the fingerprints');
      expect(existsSync(known)).toBe(false);
    },
  );

  it('keeps the key, readable by its owner only, when told so, and knows it from then on', async () => {
    expect(await trust('--yes')).toMatchObject({ exit: 0, stderr: `ward: 1 key written to ${known}\n` });
    expect(statSync(known).mode & 0o077).toBe(0);
    expect(await trust()).toMatchObject({ exit: 0, stderr: '', stdout: expect.stringMatching(/^ns1 +✓ known/m) });
  });

  it.skipIf(SCRIPT === null)(
    `is offered once by a look at the fleet on a terminal, which then asks again${SCRIPT === null ? ' (skipped: no script(1) on this machine)' : ''}`,
    async () => {
      const fresh = await startSshd({ addresses: ['127.0.0.1', '127.0.0.2'] });
      putFramedWard(fresh);
      onTestFinished(() => fresh.stop());
      const way = `port: ${fresh.port}, user: ${userInfo().username}, identity_file: ${fresh.identity}`;
      const nodes = ['127.0.0.1', '127.0.0.2'].map((address, at) => `      new${at + 1}: {address: ${address}, ${way}}`);
      const two = join(home, 'two-new.yaml');
      writeFileSync(two, ['environments:', '  lab:', '    nodes:', ...nodes, 'ssh: {keep_s: 0}', ''].join('\n'));
      const look = (word: string) => {
        const child = onTerminal(['monitor', 'cluster', '--config', two], 120, { NO_COLOR: '1' });
        child.stdout?.on('data', (text: string) => {
          if (text.includes('Type yes')) child.stdin?.write(`${word}\n`);
        });
        return ended(child);
      };
      const refused = await look('no');
      expect(refused.stdout).toContain('2 keys not trusted; nothing was written');
      expect([refused.exit, refused.stdout]).toEqual([5, expect.stringMatching(/new1.*✗ not read/)]);
      const trusted = await look('yes');
      expect([trusted.exit, trusted.stdout]).toEqual([0, expect.stringContaining('Type yes to trust 2 keys')]);
      expect(trusted.stdout).toMatch(/2 of 2 nodes answered/);
      expect((await look('yes')).stdout).not.toContain('Type yes');
    },
  );

  it('is 2 for a host that the inventory does not have, with the nearest', async () => {
    expect(await ward(['node', 'trust', 'ns11', '--config', config])).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('nearest is ns1'),
    });
  });
});
