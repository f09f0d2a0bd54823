import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Installed } from '../../src/fleet/install/install-node.ts';
import { VERSION } from '../../src/core/version.gen.ts';
import type { Sshd } from '../fleet/sshd.ts';
import { adminOf, buildWard, changes, DIST, EXECUTABLES, install, keyOf, MISSING, NO_EXECUTABLES, said, startHost, WHY } from './host.ts';
import { installNode } from '../../src/fleet/install/install-node.ts';

const NO_NODE = 'rm -f /usr/bin/node /usr/local/bin/node';

/** Hosts that lack something, and what is said of each. */
const LACKING: readonly [what: string, lines: readonly string[], message: RegExp][] = [
  ['sudo', ['rm /usr/bin/sudo'], /^it has no sudo, by which/],
  ['a program that makes digests', ['rm -f /usr/bin/sha256sum /usr/bin/openssl'], /^it has no sha256sum, by which/],
  ['a program that makes users', ['rm -f /usr/sbin/useradd /usr/sbin/adduser'], /^it has no useradd, by which/],
  ['a place that can be written', ['mount -t tmpfs -o ro none /usr/local/lib'], /cannot be written: its file system is mounted read-only$/],
  ['room', ['mount -t tmpfs -o size=64k none /usr/local/lib'], /has room for 64 KiB, and the agent needs 1\d\d KiB$/],
  [
    'room, as it turns out on the way',
    ['mount -t tmpfs -o nr_inodes=2 none /usr/local/lib'],
    /^no space is left there \(.*No space left on device\)$/,
  ],
];

describe.skipIf(MISSING.length > 0)(`a host that stands against an install${WHY}`, () => {
  let host: Sshd | null = null;
  beforeAll(buildWard);
  afterEach(async () => {
    await host?.stop();
    host = null;
  });

  it.each(LACKING)('bad inputs 111 and 112: without %s is told so, and left as it was but for empty folders', async (_, lines, message) => {
    host = await startHost({ lines });
    const files = async () => (await changes(host as Sshd)).filter((line) => !line.endsWith(' d'));
    const before = await files();
    expect(await install(host)).toMatchObject({ kind: 'failed', reached: true, message: expect.stringMatching(message) as string });
    expect(await files()).toEqual(before);
  });

  it('without Node.js is told which command makes the agent that needs none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ward-dist-'));
    copyFileSync(join(DIST, 'agent.cjs'), join(folder, 'agent.cjs'));
    host = await startHost({ lines: [NO_NODE] });
    expect(await install(host, { folder })).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('make it with: npm run build:agent') as string,
    });
    rmSync(folder, { recursive: true });
  });

  it('that lets the login not become root is told why, and no password is waited for', async () => {
    const home = '/var/home-of-deploy';
    host = await startHost({
      lines: [
        `/usr/sbin/useradd -M -d ${home} -s /bin/sh -p "*" deploy`,
        `mkdir -p ${home}/.ssh`,
        `cp /root/.ssh/authorized_keys ${home}/.ssh/`,
        `chown -R deploy ${home}`,
      ],
    });
    const result: Installed = await installNode(adminOf(host, 'deploy'), { folder: DIST, keys: [keyOf(host)], from: null, dry: false });
    expect(result).toMatchObject({
      kind: 'failed',
      reached: false,
      message: expect.stringMatching(/^the login is not root, and sudo does not let it become root without a password/) as string,
    });
  });

  it('bad input 111: is whole also after two installs at once', async () => {
    host = await startHost();
    const results = await Promise.all([install(host), install(host)]);
    expect(results.filter(({ kind }) => kind === 'done').length).toBeGreaterThan(0);
    expect((await said(host, 'wardround', 'version')).stdout).toBe(`${VERSION}\n`);
  });

  it.skipIf(!EXECUTABLES)(
    `without Node.js gets the agent that needs none, and changes to the other and back as Node.js comes and goes${NO_EXECUTABLES}`,
    async () => {
      host = await startHost({ lines: ['mv /usr/bin/node /usr/bin/node-away', 'rm -f /usr/local/bin/node'] });
      const version = async () => (await said(host as Sshd, 'wardround', 'version')).stdout;
      const files = async () => (await said(host as Sshd, 'root', 'ls /usr/local/lib/wardround')).stdout;
      expect(await install(host)).toMatchObject({ kind: 'done', says: expect.stringContaining('without Node.js') as string });
      expect([await version(), await files()]).toEqual([`${VERSION}\n`, 'agent\n']);
      expect((await said(host, 'wardround', 'report --frame abcdefgh')).stdout).toContain('"schema_version":1');
      await said(host, 'root', 'mv /usr/bin/node-away /usr/bin/node');
      expect(await install(host)).toMatchObject({ kind: 'done' });
      expect([await version(), await files()]).toEqual([`${VERSION}\n`, 'agent.cjs\n']);
      await said(host, 'root', 'mv /usr/bin/node /usr/bin/node-away');
      expect(await install(host)).toMatchObject({ kind: 'done' });
      expect([await version(), await files()]).toEqual([`${VERSION}\n`, 'agent\n']);
    },
    180_000,
  );

  it.skipIf(!EXECUTABLES)(`without Node.js and without leave to run programs is told so${NO_EXECUTABLES}`, async () => {
    host = await startHost({ lines: [NO_NODE, 'mount -t tmpfs -o noexec none /usr/local/lib'] });
    expect(await install(host)).toMatchObject({ kind: 'failed', message: expect.stringContaining('runs no programs (noexec)') as string });
  });
});
