import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../src/fleet/install/doctor.ts';
import type { Check } from '../../src/fleet/install/host-checks.ts';
import { uninstallNode } from '../../src/fleet/install/uninstall-node.ts';
import { ask } from '../fleet/ask.ts';
import { nodeOf, type Sshd } from '../fleet/sshd.ts';
import { adminOf, buildWard, changes, DIST, install, MISSING, rootOf, said, startHost, WHY } from './host.ts';

/** useradd and userdel keep what was before each change, and their lock. */
const OF_THE_SYSTEM = /^etc\/upper (?:passwd|group|shadow|gshadow|subuid|subgid)-? |\.pwd\.lock /;

describe.skipIf(MISSING.length > 0)(`the doctor, and taking an install away${WHY}`, () => {
  let host: Sshd;
  let before: string[];
  beforeAll(async () => {
    buildWard();
    host = await startHost();
    before = await changes(host);
  });
  afterAll(() => host.stop());

  const checks = () => diagnose(adminOf(host), adminOf(host, 'wardround'), DIST);
  const failures = async () => ((await checks()) as Check[]).filter(({ state }) => state !== 'pass').map(({ says }) => says);

  it('says what is missing where nothing is installed', async () => {
    expect(await failures()).toEqual(
      expect.arrayContaining(['There is no agent in /usr/local/lib/wardround', 'There is no user wardround']),
    );
  });

  it('finds nothing wrong right after an install', async () => {
    expect(await install(host)).toMatchObject({ kind: 'done' });
    expect(await failures()).toEqual([]);
    expect(((await checks()) as Check[]).length).toBeGreaterThan(10);
  });

  it.each([
    [
      'chmod 666 /usr/local/lib/wardround/agent.cjs',
      'chmod 644 /usr/local/lib/wardround/agent.cjs',
      '/usr/local/lib/wardround/agent.cjs has mode 666, and should have 644',
    ],
    ['chown 1 /usr/local/lib/wardround', 'chown 0 /usr/local/lib/wardround', '/usr/local/lib/wardround belongs to user 1 and not to root'],
    ['echo >>/usr/local/lib/wardround/agent.cjs', null, '/usr/local/lib/wardround/agent.cjs is not the one of this ward'],
    ['echo "wardround ALL = NOPASSWD: ALL" >>/etc/sudoers.d/wardround', null, 'sudo lets wardround run (root) NOPASSWD: /usr/bin/node'],
    ['sed -i "s/^restrict,//" /etc/wardround/login/.ssh/authorized_keys', null, '1 of its 1 key may do more than ask the agent'],
    [
      '/usr/sbin/usermod -p "\\$6\\$abcdefgh\\$abcdefghijk" wardround',
      '/usr/sbin/usermod -p "*" wardround',
      'The user wardround has a password',
    ],
    ['/usr/sbin/usermod -s /bin/bash wardround', null, 'and the shell /bin/bash'],
  ])('names what somebody changed: %s', async (change, mend, sentence) => {
    await said(host, 'root', change);
    expect(await failures()).toEqual(expect.arrayContaining([expect.stringContaining(sentence)]));
    if (mend !== null) await said(host, 'root', mend);
    expect(await install(host)).toMatchObject({ kind: 'done' });
    expect(await failures()).toEqual([]);
  });

  it('leaves nothing, not even while somebody keeps a connection open', async () => {
    expect(await ask(nodeOf(host, { user: 'wardround' }), 20_000, { keep_s: 30 })).toMatchObject({ failure: null });
    const etc = (name: string) => readFileSync(join(rootOf(host), 'etc', name), 'utf8');
    const plan = await uninstallNode(adminOf(host), { dry: true });
    expect(plan).toMatchObject({ kind: 'done', steps: { length: 6 } });
    expect(await uninstallNode(adminOf(host), { dry: false })).toMatchObject({ kind: 'done' });
    const left = (await changes(host)).filter((line) => !before.includes(line) && !OF_THE_SYSTEM.test(line) && !line.endsWith(' d'));
    expect(left.filter((line) => !line.endsWith(' c'))).toEqual([]);
    expect(
      await said(host, 'root', 'ls -d /etc/wardround /usr/local/lib/wardround /var/lib/wardround /etc/sudoers.d/wardround'),
    ).toMatchObject({ stdout: '' });
    for (const name of ['passwd', 'group', 'shadow', 'gshadow']) expect(etc(name)).toBe(readFileSync(`/etc/${name}`, 'utf8'));
    expect((await said(host, 'wardround', 'version')).exit).toBe(255);
  });

  it('has nothing against being done again', async () => {
    expect(await uninstallNode(adminOf(host), { dry: false })).toMatchObject({ kind: 'done' });
  });
});
