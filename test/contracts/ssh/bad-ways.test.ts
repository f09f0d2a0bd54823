import { userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../../fleet/ask.ts';
import { putFramedWard } from '../../fleet/framed-ward.ts';
import { nodeOf, SSHD, type Sshd, startSshd, WITHOUT_SSHD } from '../../fleet/sshd.ts';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Link, slowLink } from './slow-link.ts';

describe.skipIf(SSHD === null)(`a bad way to a node${WITHOUT_SSHD}`, () => {
  let sshd: Sshd;
  beforeAll(async () => {
    sshd = await startSshd();
    putFramedWard(sshd);
  });
  afterAll(() => sshd.stop());

  const over = async (link: Link, timeout_ms: number) => {
    const way = await slowLink(sshd.port, link);
    const known = join(sshd.folder, `known-${way.port}`);
    writeFileSync(known, readFileSync(sshd.knownHosts, 'utf8').replace(`:${sshd.port}`, `:${way.port}`));
    const begun = performance.now();
    const node = await ask(nodeOf(sshd, { port: way.port, known_hosts: known }), timeout_ms);
    await way.close();
    return { node, took_ms: performance.now() - begun };
  };

  it('bad input 36: a slow one gives a whole report in time, and the deadline where it is too slow', async () => {
    const slow = { delay_ms: 100, bytes_per_s: 8_000, stops_after: null };
    expect((await over(slow, 20_000)).node).toMatchObject({ failure: null, report: { hostname: 'h' } });
    const { node, took_ms } = await over(slow, 3_000);
    expect(node).toMatchObject({ report: null, failure: { cause: expect.stringMatching(/hung|handshake|truncated/) as string } });
    expect(took_ms).toBeLessThan(4_000);
  });

  it('bad input 36: one that swallows what is large is never taken for a node that is well', async () => {
    for (const stops_after of [1_000, 4_000, 12_000]) {
      const { node, took_ms } = await over({ delay_ms: 0, bytes_per_s: null, stops_after }, 2_500);
      expect(node.report).toBeNull();
      expect(node.failure?.cause).toMatch(/handshake|hung|truncated/);
      expect(took_ms).toBeLessThan(3_500);
    }
  });

  it('bad input 21: a node that hangs while it looks for the key ends with the deadline', async () => {
    const user = userInfo().username;
    const stuck = await startSshd({
      config: ['AuthorizedKeysFile none', 'AuthorizedKeysCommand /usr/bin/sleep 20', `AuthorizedKeysCommandUser ${user}`],
    });
    const begun = performance.now();
    expect((await ask(nodeOf(stuck), 2_500)).failure).toMatchObject({
      cause: 'handshake',
      message: 'the login did not come about within 3 s',
    });
    expect(performance.now() - begun).toBeLessThan(3_500);
    await stuck.stop();
  });
});
