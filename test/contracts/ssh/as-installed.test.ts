import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../../src/fleet/secret.ts';
import { ask } from '../../fleet/ask.ts';
import { installed, nodeOf, putProgram, SSHD, type Sshd, startSshd } from '../../fleet/sshd.ts';

const AGENT = new URL('../../../dist/agent.cjs', import.meta.url).pathname;
const missing = [
  ...(SSHD === null ? ['sshd'] : []),
  ...(process.getuid?.() === 0 ? [] : ['root']),
  ...['/usr/bin/sudo', '/usr/bin/unshare', '/usr/bin/openssl'].filter((path) => !installed(path)),
  ...(installed('/usr/bin/node') || installed('/usr/local/bin/node') ? [] : ['a system-wide node']),
  ...(existsSync(AGENT) ? [] : ['dist/agent.cjs']),
];
const PASSWORD = 'canary-kTr83-word';
const USER = 'wardtest';

/** The machine's own file with lines added: sessions of the test's sshd see it, nobody else does. */
const withLine = (path: string, line: string) => `${readFileSync(path, 'utf8').trimEnd()}\n${line}\n`;

describe.skipIf(missing.length > 0)(
  `a node as people install it${missing.length > 0 ? ` (skipped: it needs ${missing.join(', ')})` : ''}`,
  () => {
    let sshd: Sshd;
    const home = join(tmpdir(), `ward-home-${process.pid}`);
    beforeAll(async () => {
      mkdirSync(home, { mode: 0o755 });
      const hash = execFileSync('openssl', ['passwd', '-6', PASSWORD], { encoding: 'utf8' }).trim();
      sshd = await startSshd({
        config: ['PasswordAuthentication yes'],
        agent: AGENT,
        etc: {
          '/etc/passwd': withLine('/etc/passwd', `${USER}:x:47110:47110::${home}:/bin/sh`),
          '/etc/group': withLine('/etc/group', `${USER}:x:47110:`),
          '/etc/shadow': withLine('/etc/shadow', `${USER}:${hash}:20000:0:99999:7:::`),
          '/etc/sudoers': withLine('/etc/sudoers', `Defaults lecture=always`),
        },
      });
    });
    afterAll(async () => {
      await sshd.stop();
      rmSync(home, { recursive: true, force: true });
    });

    it('is read by root through the agent in /usr/local/lib, on the Node.js of the machine', async () => {
      expect(await ask(nodeOf(sshd, { user: 'root' }), 15_000)).toMatchObject({
        failure: null,
        via: 'ward',
        report: { states: { system: 'ok' } },
      });
    });

    it('bad input 25: where sudo asks for a password the cause is its rule, with the line to add, and nothing hangs', async () => {
      const begun = performance.now();
      const { failure } = await ask(nodeOf(sshd, { user: USER }), 10_000);
      expect(performance.now() - begun).toBeLessThan(5_000);
      const node = existsSync('/usr/local/bin/node') ? '/usr/local/bin/node' : '/usr/bin/node';
      expect(failure).toEqual({
        cause: 'sudo',
        message: 'logged in, but sudo asks for a password',
        next: `Its rule is missing; the line for /etc/sudoers.d/wardround: ${USER} ALL=(root) NOPASSWD: ${node} ^/usr/local/lib/wardround/agent[.]cjs report --json --frame [0-9a-f]{32}$`,
      });
      // Exactly that line mends it.
      appendFileSync(sshd.etc('/etc/sudoers'), `${failure?.next.split(': ').slice(1).join(': ') ?? ''}\n`);
      expect(await ask(nodeOf(sshd, { user: USER }), 15_000)).toMatchObject({
        failure: null,
        via: 'ward',
        report: { states: { system: 'ok' } },
      });
    });

    it('is reached with a password that no command line shows, and only for the login that it belongs to', async () => {
      const seen: string[] = [];
      const watch = setInterval(() => {
        for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
          try {
            seen.push(readFileSync(`/proc/${pid}/cmdline`, 'latin1'));
          } catch {
            // It has ended.
          }
        }
      }, 5);
      const node = nodeOf(sshd, { user: USER, identity_file: null, password: new Secret(PASSWORD) });
      const right = await ask(node, 15_000);
      clearInterval(watch);
      expect(right.failure).toBeNull();
      expect(seen.some((words) => words.includes('NumberOfPasswordPrompts'))).toBe(true);
      expect(seen.filter((words) => words.includes(PASSWORD))).toEqual([]);
      expect(JSON.stringify(right)).not.toContain(PASSWORD);
      const wrong = await ask({ ...node, password: new Secret('not-it') }, 10_000);
      expect(wrong.failure).toMatchObject({ cause: 'authentication', message: expect.stringMatching(/^login refused/) as string });
    });

    it.each(['/bin/bash', '/bin/dash', '/usr/bin/busybox'].filter(installed))('is read whatever its login shell is: %s', async (shell) => {
      const words = shell.endsWith('busybox') ? [shell, 'sh'] : [shell];
      putProgram(sshd, 'run-shell', `#!/bin/sh\nexec ${words.join(' ')} -c "$SSH_ORIGINAL_COMMAND"\n`);
      const keys = join(sshd.folder, 'authorized_keys');
      const plain = readFileSync(keys, 'utf8');
      writeFileSync(keys, `command="${sshd.bin}/run-shell" ${plain}`);
      expect(await ask(nodeOf(sshd, { user: 'root' }), 15_000)).toMatchObject({ failure: null, via: 'ward' });
      writeFileSync(keys, plain);
    });

    it('that has only the original program is read through it, and shown as such', async () => {
      const plain = await startSshd();
      const report = {
        timestamp: '2026-02-16T12:00:00Z',
        hostname: 'ns1',
        version: '0.107.0',
        collect_ms: 5,
        system: { cpu_count: 4 },
        services: null,
        network: null,
        processes: null,
      };
      putProgram(
        plain,
        'orama',
        `#!/bin/sh\n[ "$*" = "node report --json" ] || exit 9\necho 'a line of its shell'>&2\necho '${JSON.stringify(report)}'\n`,
      );
      expect(await ask(nodeOf(plain))).toMatchObject({
        failure: null,
        via: 'orama',
        profile: 'orama',
        report: { version: '0.107.0', system: { cpu_count: 4, mem_total_mb: null } },
      });
      putProgram(plain, 'orama', `#!/bin/sh\nprintf '{"timestamp":'\nkill -9 $PPID\n`);
      expect((await ask(nodeOf(plain))).failure).toMatchObject({ cause: 'truncated' });
      await plain.stop();
    });
  },
);
