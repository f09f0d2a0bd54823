import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putFramedWard } from '../fleet/framed-ward.ts';
import { installed, putProgram, SSHD, type Sshd, startSshd } from '../fleet/sshd.ts';
import { onTerminal, SCRIPT } from './on-a-terminal.ts';
import { ended, home, useWard, ward } from './run-ward.ts';

useWard();

const missing = [
  ...(SSHD === null ? ['sshd'] : []),
  ...(SCRIPT === null ? ['script(1)'] : []),
  ...(process.getuid?.() === 0 ? [] : ['root']),
  ...['/usr/bin/unshare', '/usr/bin/openssl'].filter((path) => !installed(path)),
];
const PASSWORD = `canary ' "word" $(id)`;
const USER = 'wardasked';
const withLine = (path: string, line: string) => `${readFileSync(path, 'utf8').trimEnd()}\n${line}\n`;

describe('--ask-password', () => {
  it('without a terminal says what there is for scripts', async () => {
    const { exit, stderr } = await ward(['monitor', 'cluster', '--ask-password', '--config', inventory('127.0.0.1', 1)]);
    expect([exit, stderr]).toEqual([2, expect.stringMatching(/--ask-password needs a terminal.*password_env/s)]);
  });
});

describe.skipIf(missing.length > 0)(
  `a password that a person types${missing.length > 0 ? ` (skipped: it needs ${missing.join(', ')})` : ''}`,
  () => {
    let sshd: Sshd;
    const own = join(tmpdir(), `ward-asked-${process.pid}`);
    beforeAll(async () => {
      mkdirSync(own, { mode: 0o755 });
      const hash = execFileSync('openssl', ['passwd', '-6', '-stdin'], { input: PASSWORD, encoding: 'utf8' }).trim();
      sshd = await startSshd({
        config: ['PasswordAuthentication yes'],
        etc: {
          '/etc/passwd': withLine('/etc/passwd', `${USER}:x:47111:47111::${own}:/bin/sh`),
          '/etc/group': withLine('/etc/group', `${USER}:x:47111:`),
          '/etc/shadow': withLine('/etc/shadow', `${USER}:${hash}:20000:0:99999:7:::`),
        },
      });
      putFramedWard(sshd);
      // What sudo may do is not what this is about.
      putProgram(sshd, 'sudo', '#!/bin/sh\nshift\nexec "$@"\n');
    });
    afterAll(async () => {
      await sshd.stop();
      rmSync(own, { recursive: true, force: true });
    });

    const typed = async (keys: string) => {
      const words = ['monitor', 'node', '--json', '--ask-password', '--config', inventory('127.0.0.1', sshd.port, sshd.knownHosts)];
      const child = onTerminal(words, 200);
      child.stdout?.on('data', (chunk: Buffer) => {
        if (chunk.includes('not shown: ')) child.stdin?.write(keys);
      });
      return ended(child);
    };

    it('lets ward in, and is never shown', async () => {
      const { exit, stdout } = await typed(`${PASSWORD}\r`);
      expect(stdout).toContain('Password for n1, not shown: ');
      expect([exit, stdout]).toEqual([0, expect.stringContaining('"hostname":"h"')]);
      expect(stdout).not.toContain('canary');
    });

    it('that is wrong is a refused login', async () => {
      expect((await typed('wrong\r')).stdout).toMatch(/login refused/);
    });

    it('that is not given ends the command: an empty line, the end of the input, Ctrl+C', async () => {
      for (const [keys, exit] of [
        ['\r', 2],
        ['\x04', 2],
        ['\x03', 130],
      ] as const) {
        const run = await typed(keys);
        expect([run.exit, run.stdout]).toEqual([exit, expect.stringContaining('no password was given')]);
      }
    });
  },
);

function inventory(address: string, port: number, known = '/nowhere'): string {
  const path = join(home, 'asked.yaml');
  writeFileSync(
    path,
    `environments: {e: {nodes: {n1: {address: ${address}, port: ${port}, user: ${USER}, known_hosts: ${known}}}}}\nssh: {keep_s: 0}\n`,
  );
  return path;
}
