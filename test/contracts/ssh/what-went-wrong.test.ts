import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gather } from '../../../src/fleet/gather.ts';
import { ask, inventoryOf, processesWith } from '../../fleet/ask.ts';
import { frameHead, payload, putFramedWard, putShellWard } from '../../fleet/framed-ward.ts';
import { nodeOf, SSHD, type Sshd, startSshd, WITHOUT_SSHD } from '../../fleet/sshd.ts';
import { type BEHAVIOURS, listenAs } from './hostile-listeners.ts';

describe.skipIf(SSHD === null)(`what went wrong with a node${WITHOUT_SSHD}`, () => {
  let sshd: Sshd;
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(() => sshd.stop());
  const failing = async (change = {}, ms = 6_000) => (await ask(nodeOf(sshd, change), ms)).failure;

  describe('on the way there', () => {
    it('bad input 17: a name that does not resolve is told as that', async () => {
      expect(await failing({ host: 'no-such-host.invalid', known_hosts: null })).toMatchObject({
        cause: 'dns',
        message: expect.stringMatching(/^the name no-such-host\.invalid does not resolve: /) as string,
        next: 'getent hosts no-such-host.invalid',
      });
    });

    it('bad input 18: the address that was reached in the end is in the snapshot', async () => {
      putFramedWard(sshd);
      writeFileSync(join(sshd.folder, 'by-name'), execFileSync('sed', [`s/^\\[127.0.0.1\\]/[localhost]/`, sshd.knownHosts]));
      expect(await ask(nodeOf(sshd, { host: 'localhost', known_hosts: join(sshd.folder, 'by-name') }))).toMatchObject({
        failure: null,
        address: '127.0.0.1',
        host: 'localhost',
      });
    });

    it('bad input 19: refused, reset and closed are three causes', async () => {
      const reset = await listenAs('resets at once');
      const closed = await listenAs('closes at once');
      expect(await failing({ port: 1 })).toMatchObject({ cause: 'refused', message: 'connection refused' });
      expect(await failing({ port: reset.port }, 2_000)).toMatchObject({ cause: 'reset' });
      expect(await failing({ port: closed.port }, 2_000)).toMatchObject({ cause: 'throttled' });
      await Promise.all([reset.close(), closed.close()]);
    });

    it.each([
      'stays silent',
      'drips a line of junk',
      'floods before its banner',
      'sends one endless line',
      'says nothing after its banner',
      'speaks HTTP',
    ] as const satisfies (keyof typeof BEHAVIOURS)[])(
      'bad input 20: what %s costs no more than the deadline, and the cause is the handshake',
      async (name) => {
        const listener = await listenAs(name);
        const begun = performance.now();
        const failure = await failing({ port: listener.port }, 2_500);
        expect(performance.now() - begun).toBeLessThan(3_500);
        expect(failure).toMatchObject({
          cause: name === 'speaks HTTP' ? (expect.stringMatching(/handshake|throttled/) as string) : 'handshake',
        });
        await listener.close();
        expect(processesWith(sshd.folder)).toEqual([]);
      },
    );

    it('bad input 22: an unknown host key is told with its fingerprint, and nothing is sent', async () => {
      writeFileSync(join(sshd.folder, 'empty'), '');
      const before = sshd.log();
      const seen = execFileSync('ssh-keygen', ['-lf', `${sshd.hostKey}.pub`], { encoding: 'utf8' }).split(' ')[1] ?? '';
      expect(await failing({ known_hosts: join(sshd.folder, 'empty') })).toEqual({
        cause: 'host-key-unknown',
        message: `not enrolled: its host key ${seen} is not known here; nothing was sent`,
        next: 'Compare the fingerprint with its console, then: ward node trust n1',
      });
      expect(sshd.log().slice(before.length)).not.toMatch(/Accepted|session|Starting/);
    });

    it('bad input 23: a changed host key is told with both fingerprints, and not one byte of a command is sent', async () => {
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(sshd.folder, 'old')]);
      const print = (file: string) => execFileSync('ssh-keygen', ['-lf', file], { encoding: 'utf8' }).split(' ')[1];
      const known = join(sshd.folder, 'swapped');
      writeFileSync(known, `[127.0.0.1]:${sshd.port} ${execFileSync('cat', [join(sshd.folder, 'old.pub')], { encoding: 'utf8' })}`);
      const before = sshd.log();
      expect(await failing({ known_hosts: known })).toMatchObject({
        cause: 'host-key-changed',
        message: `host key changed, was ${print(join(sshd.folder, 'old.pub'))}, is ${print(`${sshd.hostKey}.pub`)}; nothing was sent`,
      });
      expect(sshd.log().slice(before.length)).not.toMatch(/Accepted|session|Starting/);
    });

    it('bad input 24: a refused login names what the node takes, and nobody is asked for anything', async () => {
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(sshd.folder, 'stranger')]);
      expect(await failing({ identity_file: join(sshd.folder, 'stranger') })).toMatchObject({
        cause: 'authentication',
        message: expect.stringMatching(/^login refused; the node takes publickey/) as string,
      });
    });

    it('bad input 24: a node with only an old kind of key is told with what it offers', async () => {
      const old = await startSshd({ config: ['HostKeyAlgorithms ssh-rsa'], hostKeyType: 'rsa' });
      expect((await ask(nodeOf(old))).failure).toMatchObject({
        cause: 'handshake',
        message: 'no common host key type: the node offers only ssh-rsa',
      });
      await old.stop();
    });
  });

  describe('on the node', () => {
    const now = (lines: string, ms?: number) => {
      putShellWard(sshd, lines);
      return failing({}, ms);
    };

    it('bad input 26: noise before the frame is a note, cleaned, and the report is there', async () => {
      putFramedWard(sshd, { before: String.raw`printf 'Welcome \033[2J\nto the node\n'; echo lecture >&2` });
      expect(await ask(nodeOf(sshd))).toMatchObject({
        failure: null,
        notes: [String.raw`Its shell printed 24 bytes before the report: Welcome \x1b[2J`],
      });
    });

    it('bad input 27: an agent that is missing, may not be run or is for another machine has three sentences', async () => {
      execFileSync('rm', ['-f', join(sshd.bin, 'ward')]);
      const { nodes } = await gather(inventoryOf([nodeOf(sshd)]), [nodeOf(sshd)], { timeout_ms: 6_000, agentless: 'never' });
      expect(nodes[0]?.failure).toMatchObject({
        cause: 'no-agent',
        message: 'logged in, but neither ward nor its agent is installed there',
      });
      writeFileSync(join(sshd.bin, 'ward'), Buffer.from('\x7fELF\x02\x01\x01\0 of another machine', 'latin1'), { mode: 0o755 });
      expect(await failing()).toMatchObject({
        cause: 'agent-broken',
        message: expect.stringMatching(/^its ward does not run: .*(Exec format error|cannot execute)/) as string,
      });
      execFileSync('rm', ['-f', join(sshd.bin, 'ward')]);
      expect(await now('#!/no/such/interpreter\necho SyntaxError: old >&2; exit 1')).toMatchObject({
        cause: 'agent-broken',
        message: 'its ward does not run: SyntaxError: old',
      });
    });

    it('bad input 28: an agent that is killed half-way is told by the byte at which its report broke off', async () => {
      const text = payload();
      expect(await now(`echo; echo "WARDROUND $5 ${frameHead(text)}"; printf 'half of it'; kill -9 $$`)).toMatchObject({
        cause: 'truncated',
        message: `its report broke off at byte 10 of ${Buffer.byteLength(text).toLocaleString('en')}`,
      });
      expect(await now('kill -9 $$')).toMatchObject({
        cause: 'truncated',
        message: 'its agent ended, or was killed, before it had sent anything',
      });
    });

    it('bad input 29: exit 255 of the node is no failure of the connection', async () => {
      putFramedWard(sshd, { after: 'exit 255' });
      expect(await ask(nodeOf(sshd))).toMatchObject({ failure: null, report: { hostname: 'h' } });
      expect(await now('exit 255')).toMatchObject({
        cause: 'truncated',
        message: 'its agent ended, or was killed, before it had sent anything',
      });
      expect(await now('exit 3')).toMatchObject({
        cause: 'agent-broken',
        message: 'its ward does not run: it ended with 3 and said nothing',
      });
    });

    it('bad input 30: endless output is cut off, and an agent that never answers ends with the deadline', async () => {
      const begun = performance.now();
      expect(await now('exec cat /dev/zero')).toMatchObject({ cause: 'too-large', message: 'it sent more than 8 MiB and was cut off' });
      expect(await now('echo begun; exec sleep 20', 2_000)).toMatchObject({
        cause: 'hung',
        message: 'logged in and began its report, which did not come within 2 s',
      });
      expect(performance.now() - begun).toBeLessThan(9_000);
      expect(processesWith(sshd.folder).filter((words) => words.includes('ssh '))).toEqual([]);
    });

    it('bad input 31: a whole report in the frame of another request is refused', async () => {
      expect(
        await now(`echo; echo "WARDROUND 00000000000000000000000000000000 2 ${frameHead('{}').split(' ')[1]} 0"; echo '{}'`),
      ).toMatchObject({ cause: 'replay' });
    });

    it('a report that was changed on its way is refused', async () => {
      putFramedWard(sshd, { head: frameHead(payload().replace('"h"', '"x"')) });
      expect((await ask(nodeOf(sshd))).failure).toMatchObject({
        cause: 'not-a-report',
        message: 'what arrived is not what the agent sent: the digests differ',
      });
    });

    it('what forges lines of ssh on its own error output is still told as what it is', async () => {
      expect(
        await now('echo "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @" >&2; echo "Connection refused" >&2; exit 255'),
      ).toMatchObject({ cause: 'agent-broken' });
    });
  });
});
