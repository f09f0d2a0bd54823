import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../../fleet/ask.ts';
import { payload, putFramedWard, putShellWard } from '../../fleet/framed-ward.ts';
import { ownRuntime } from '../../fleet/own-runtime.ts';
import { nodeOf, SSHD, type Sshd, startSshd, WITHOUT_SSHD } from '../../fleet/sshd.ts';

const KEEP = { keep_s: 60 };

describe.skipIf(SSHD === null)(`a connection that is kept open${WITHOUT_SSHD}`, () => {
  let sshd: Sshd;
  const { masters, sockets, folder } = ownRuntime();
  beforeAll(async () => {
    sshd = await startSshd();
    putFramedWard(sshd);
  });
  afterAll(() => sshd.stop());
  const logins = () => sshd.log().split('Accepted publickey').length - 1;

  it('serves the next rounds without logging in again, in a folder that only its owner can open', async () => {
    const at = logins();
    expect(await ask(nodeOf(sshd), 6_000, KEEP)).toMatchObject({ failure: null, notes: [], address: '127.0.0.1' });
    expect([logins() - at, sockets().length]).toEqual([1, 1]);
    for (let round = 0; round < 12; round += 1)
      expect(await ask(nodeOf(sshd), 6_000, KEEP)).toMatchObject({ failure: null, notes: [], report: { hostname: 'h' } });
    expect([logins() - at, masters().length]).toEqual([1, 1]);
    expect(execFileSync('stat', ['-c', '%a', folder()], { encoding: 'utf8' }).trim()).toBe('700');
  });

  it('tells the same causes as a new connection', async () => {
    await ask(nodeOf(sshd), 6_000, KEEP);
    putShellWard(sshd, 'echo boom >&2; exit 255');
    expect((await ask(nodeOf(sshd), 6_000, KEEP)).failure).toMatchObject({ cause: 'agent-broken', message: 'its ward does not run: boom' });
    putShellWard(sshd, 'exec sleep 20');
    expect((await ask(nodeOf(sshd), 1_500, KEEP)).failure).toMatchObject({ cause: 'hung' });
    putShellWard(sshd, 'exec cat /dev/zero');
    expect((await ask(nodeOf(sshd), 6_000, KEEP)).failure).toMatchObject({ cause: 'too-large' });
    putFramedWard(sshd, { text: payload(3_000_000) });
    expect((await ask(nodeOf(sshd), 6_000, KEEP)).failure).toBeNull();
    expect(masters()).toHaveLength(1);
    putFramedWard(sshd);
  });

  it('bad input 34: is passed by where its master hangs, with a note', async () => {
    await ask(nodeOf(sshd), 6_000, KEEP);
    const [master = 0] = masters();
    process.kill(master, 'SIGSTOP');
    const begun = performance.now();
    expect(await ask(nodeOf(sshd), 6_000, KEEP)).toMatchObject({
      failure: null,
      notes: ['Its kept connection is passed by: it did not answer within 1 s'],
    });
    expect(performance.now() - begun).toBeLessThan(3_000);
  });

  it('bad input 34: is made anew where only its socket is left', async () => {
    await ask(nodeOf(sshd), 6_000, KEEP);
    const at = logins();
    for (const pid of masters()) process.kill(pid, 'SIGKILL');
    await expect.poll(masters).toEqual([]);
    expect(sockets()).toHaveLength(1);
    expect(await ask(nodeOf(sshd), 6_000, KEEP)).toMatchObject({ failure: null, notes: [] });
    expect([logins() - at, masters().length]).toEqual([1, 1]);
  });

  it('bad input 34: is not trusted where what listens on its socket is no ssh', async () => {
    await ask(nodeOf(sshd), 6_000, KEEP);
    const [name = ''] = sockets();
    for (const pid of masters()) process.kill(pid, 'SIGKILL');
    await expect.poll(masters).toEqual([]);
    rmSync(join(folder(), name));
    const stranger = createServer((socket) => socket.resume().end('HTTP/1.1 400 no\r\n\r\n'.repeat(10)));
    await new Promise<void>((resolve) => stranger.listen(join(folder(), name), resolve));
    expect(await ask(nodeOf(sshd), 6_000, KEEP)).toMatchObject({
      failure: null,
      notes: [expect.stringMatching(/^Its kept connection is passed by: /) as string],
    });
    await new Promise((resolve) => stranger.close(resolve));
  });

  it('bad input 34: is left out where the folder is open to others, or its path too long for a socket', async () => {
    mkdirSync(folder());
    chmodSync(folder(), 0o755);
    expect(await ask(nodeOf(sshd), 6_000, KEEP)).toMatchObject({
      failure: null,
      notes: [`No connection is kept open: ${folder()} is open to others (mode 755)`],
    });
    const long = join(folder(), '..', 'x'.repeat(90));
    mkdirSync(long);
    process.env['XDG_RUNTIME_DIR'] = long;
    expect(await ask(nodeOf(sshd), 6_000, KEEP)).toMatchObject({
      failure: null,
      notes: [expect.stringMatching(/is too long for a socket$/) as string],
    });
    expect(masters()).toEqual([]);
  });

  it('is lost with the node, which is told as what it is', async () => {
    const short = await startSshd();
    putFramedWard(short);
    await ask(nodeOf(short), 6_000, KEEP);
    execFileSync('pkill', ['-KILL', '-P', String(short.pid)]);
    await short.stop();
    expect((await ask(nodeOf(short, { identity_file: short.identity }), 3_000, KEEP)).failure).toMatchObject({ cause: 'refused' });
  });

  it('bad input 35: an sshd that takes no more connections is asked again, and then told as that', async () => {
    const narrow = await startSshd({ config: ['MaxStartups 1:100:1', 'LoginGraceTime 120'] });
    putFramedWard(narrow);
    const holder = connect(narrow.port, '127.0.0.1');
    await new Promise((resolve) => holder.once('data', resolve));
    expect((await ask(nodeOf(narrow), 2_500)).failure).toMatchObject({ cause: expect.stringMatching(/throttled|reset/) as string });
    const asked = ask(nodeOf(narrow), 8_000);
    await expect.poll(() => narrow.log().split('drop connection').length, { timeout: 8_000 }).toBeGreaterThan(4);
    holder.destroy();
    expect((await asked).failure).toBeNull();
    await narrow.stop();
  });
});
