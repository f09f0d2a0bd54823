import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MISSING, said, startHost, WHY } from '../install/host.ts';
import type { Sshd } from '../fleet/sshd.ts';
import { home, useWard, ward } from './run-ward.ts';

useWard();

describe.skipIf(MISSING.length > 0)(`ward node install and what belongs to it${WHY}`, () => {
  let host: Sshd;
  const config = join(home, 'install.yaml');
  const asking = join(home, 'asking.yaml');
  beforeAll(async () => {
    host = await startHost();
    const reach = `port: ${host.port}, identity_file: ${host.identity}, known_hosts: ${host.knownHosts}`;
    writeFileSync(
      config,
      [
        'environments:',
        '  lab:',
        '    nodes:',
        `      ns1: {address: 127.0.0.1, user: root, ${reach}}`,
        `      gone: {address: 127.0.0.2, user: root, ${reach}}`,
        '',
      ].join('\n'),
    );
    writeFileSync(asking, `environments: {lab: {nodes: {asks: {address: 127.0.0.1, user: wardround, ${reach}}}}}\n`);
  });
  afterAll(() => host.stop());
  const node = (...words: string[]) => ward(['node', ...words, '--config', config]);
  const key = () => `${host.identity}.pub`;

  it('prints each step with its command and does none of them on --dry-run', async () => {
    const { exit, stdout } = await node('install', 'ns1', '--key', key(), '--dry-run');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^ns1 +– not yet +agent\.cjs \(1\d\d KiB\) on Node\.js \d+\.\d+\.\d+, 8 steps$/m);
    expect(stdout).toContain('  | restrict,command="/usr/bin/sudo -n /usr/');
    expect((await said(host, 'root', 'ls /etc/wardround')).stdout).toBe('');
  });

  it.each([
    ['upgrade where there is nothing', ['upgrade', 'ns1'], 4, /put one there with: ward node install/],
    ['install where nobody answers', ['install', 'gone'], 5, /log in: connection refused\. Nothing was changed\./],
    ['doctor where nothing is installed', ['doctor', 'ns1'], 1, /✗ There is no agent in/],
  ])('%s: %j ends with %i', async (_, words, exit, text) => {
    const result = await node(...words, ...(words[0] === 'install' ? ['--key', key()] : []));
    expect(result.exit).toBe(exit);
    expect(result.stdout).toMatch(text);
  });

  it('tells at once what cannot be meant', async () => {
    expect(await ward(['node', 'install', 'asks', '--config', asking, '--key', key()])).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('--login root') as string,
    });
    expect(await node('install', 'ns1', '--key', host.identity)).toMatchObject({
      exit: 3,
      stderr: expect.stringContaining('it is a private key') as string,
    });
    expect(await node('install', 'ns1', '--key', key(), '--from', '"; id')).toMatchObject({ exit: 2 });
    expect(await node('install', 'ns1', '--login', '-oProxyCommand=id')).toMatchObject({ exit: 2 });
  });

  it('installs what answers and names what does not, then checks, upgrades and takes it away', async () => {
    const both = await node('install', 'ns1', 'gone', '--key', key());
    expect(both.exit).toBe(4);
    expect(both.stdout).toMatch(/^ns1 +✓ done/m);
    expect(both.stdout).toMatch(/^gone +✗ not reached/m);
    expect(both.stderr).toContain(`in the inventory these machines now take: {user: wardround, identity_file: ${host.identity}}`);
    const doctor = await node('doctor', 'ns1', '--json');
    expect(doctor.exit).toBe(0);
    expect(JSON.parse(doctor.stdout)).toMatchObject([{ node: 'ns1', error: null }]);
    expect((await ward(['monitor', 'node', '--config', asking, '--json'])).stdout).toContain('"hostname"');
    expect((await node('upgrade', 'ns1')).exit).toBe(0);
    expect(await node('uninstall', 'ns1')).toMatchObject({
      exit: 6,
      stderr: expect.stringContaining('ward node uninstall ns1 --yes') as string,
    });
    expect((await node('uninstall', 'ns1', '--yes')).exit).toBe(0);
    expect((await said(host, 'root', 'ls -d /etc/wardround /usr/local/lib/wardround')).stdout).toBe('');
  }, 60_000);
});
