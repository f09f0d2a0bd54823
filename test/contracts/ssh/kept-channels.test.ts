import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { NodeSnapshot } from '../../../src/core/snapshot.ts';
import { gather } from '../../../src/fleet/gather.ts';
import { type KeptChannels, keptChannels } from '../../../src/fleet/kept-channels.ts';
import { bundled, folderForTests } from '../../agent/bundle.ts';
import { inventoryOf, pidsWith } from '../../fleet/ask.ts';
import { standIn, wholeAnswer } from '../../fleet/follower-ward.ts';
import { payload, putFramedWard } from '../../fleet/framed-ward.ts';
import { ownRuntime } from '../../fleet/own-runtime.ts';
import { nodeOf, SSHD, type Sshd, startSshd, WITHOUT_SSHD } from '../../fleet/sshd.ts';

const KEEP = { keep_s: 60 };

describe.skipIf(SSHD === null)(`a channel that is kept to a node${WITHOUT_SSHD}`, () => {
  const { masters } = ownRuntime();
  let channels: KeptChannels | null = null;
  afterEach(() => {
    channels?.close();
    channels = null;
  });

  /** One round after the other, as a screen takes them. */
  async function rounds(sshds: readonly Sshd[], count: number, timeout_ms = 15_000): Promise<NodeSnapshot[][]> {
    channels ??= keptChannels();
    const nodes = sshds.map((sshd, at) => nodeOf(sshd, { name: `n${at + 1}` }));
    const taken: NodeSnapshot[][] = [];
    for (let at = 0; at < count; at += 1)
      taken.push([...(await gather(inventoryOf(nodes, KEEP), nodes, { timeout_ms, ask: channels.ask })).nodes]);
    return taken;
  }
  const only = (taken: readonly NodeSnapshot[][]) => taken.map(([first]) => first as NodeSnapshot);
  const sessions = (sshd: Sshd) => sshd.log().split('Starting session').length - 1;
  const logins = (sshd: Sshd) => sshd.log().split('Accepted publickey').length - 1;

  describe('whose agent is our own', () => {
    const folder = folderForTests();
    let sshd: Sshd;
    /** In the command line of an agent that follows. */
    let follows = '';
    beforeAll(async () => {
      const agent = await bundled('src/agent/main.ts', folder);
      follows = `${agent} follow`;
      sshd = await startSshd({ keyOptions: `restrict,command="${process.execPath} ${agent} ssh"` });
    });
    afterAll(() => sshd.stop());

    it('is made for the second round and used for all further ones, and each report is a new one', async () => {
      const [first, second] = only(await rounds([sshd], 2));
      const before = sessions(sshd);
      const further = only(await rounds([sshd], 4));
      expect([sessions(sshd) - before, logins(sshd)]).toEqual([0, 1]);
      const all = [first, second, ...further].map((node) => node?.report?.timestamp ?? '');
      expect(all).toEqual([...new Set(all)].sort());
      for (const node of further)
        expect(node).toMatchObject({ failure: null, via: 'ward', notes: [], report: { states: { system: 'ok' } } });
    });

    it('ends with whoever kept it, and nothing of it is left on the node', async () => {
      await rounds([sshd], 2);
      expect(pidsWith(follows)).toHaveLength(1);
      channels?.close();
      await expect.poll(() => pidsWith(follows)).toEqual([]);
      expect(masters()).toHaveLength(1);
    });

    it('is done without for a round in which its agent was killed, and is answered all the same', async () => {
      await rounds([sshd], 2);
      for (const pid of pidsWith(follows)) process.kill(pid, 'SIGKILL');
      expect(only(await rounds([sshd], 2))).toMatchObject([{ failure: null }, { failure: null }]);
    });

    it('is made anew after its connection broke', async () => {
      await rounds([sshd], 2);
      const before = logins(sshd);
      for (const pid of masters()) process.kill(pid, 'SIGKILL');
      expect(only(await rounds([sshd], 2))).toMatchObject([{ failure: null }, { failure: null }]);
      expect(logins(sshd) - before).toBe(1);
    });

    it('costs nobody else anything where its agent hangs, and the node has its cause', async () => {
      const other = await startSshd();
      putFramedWard(other);
      await rounds([sshd, other], 2);
      for (const pid of pidsWith(follows)) process.kill(pid, 'SIGSTOP');
      const told: string[] = [];
      const nodes = [nodeOf(sshd, { name: 'hung' }), nodeOf(other, { name: 'well' })];
      const begun = performance.now();
      let well_ms = Number.POSITIVE_INFINITY;
      const { nodes: answers } = await gather(inventoryOf(nodes, KEEP), nodes, {
        timeout_ms: 4_000,
        ...(channels === null ? {} : { ask: channels.ask }),
        onNode: ({ name }) => {
          told.push(name);
          if (name === 'well') well_ms = performance.now() - begun;
        },
      });
      for (const pid of pidsWith(follows)) process.kill(pid, 'SIGKILL');
      expect(told).toEqual(['well', 'hung']);
      expect(well_ms).toBeLessThan(3_000);
      expect(answers).toMatchObject([{ failure: { cause: 'hung' } }, { failure: null }]);
      await other.stop();
    });
  });

  it('is not asked for again where the agent is older, or what is there only reports', async () => {
    const plain = await startSshd();
    putFramedWard(plain);
    expect(only(await rounds([plain], 5))).toMatchObject(Array.from({ length: 5 }, () => ({ failure: null, report: { hostname: 'h' } })));
    // Five reports, and one try to follow.
    expect(sessions(plain)).toBe(6);
    await plain.stop();
  });

  describe('whose agent says what it likes', () => {
    const agent = standIn();
    const base = payload();
    const next = base.replace('"hostname":"h"', '"hostname":"changed"');
    const digest = (text: string) => createHash('sha256').update(text).digest('hex');
    let sshd: Sshd;
    beforeAll(async () => {
      agent.says({ whole: wholeAnswer(base) });
      sshd = await startSshd({ keyOptions: agent.keyOptions });
    });
    afterAll(async () => {
      await sshd.stop();
      agent.remove();
    });
    const difference = (changes: unknown, { from = base, to = next, seq = 2 } = {}) =>
      JSON.stringify({ seq, digest: digest(to), base: digest(from), changes });
    const hostnames = (taken: readonly NodeSnapshot[][]) => only(taken).map(({ report }) => report?.hostname);

    it('is believed a difference that leads to what it says', async () => {
      agent.says({ next: difference([[['hostname'], 'changed']]) });
      expect(hostnames(await rounds([sshd], 3))).toEqual(['h', 'h', 'changed']);
    });

    it.each([
      ['with another digest', difference([[['hostname'], 'other']])],
      ['to another report than ours', difference([[['hostname'], 'changed']], { from: next })],
      ['that was given before', difference([[['hostname'], 'changed']], { seq: 1 })],
      ['that leads nowhere', difference([[['nothing', 'here'], 1]])],
      ['that is none', '{"seq":2,"digest":"x","changes":[1]}'],
      ['that is no answer at all', '[]'],
    ])('is asked for the whole where it sends a difference %s', async (_, text) => {
      agent.says({ next: text });
      const before = sessions(sshd);
      expect(hostnames(await rounds([sshd], 4))).toEqual(['h', 'h', 'h', 'h']);
      // One report and one channel that serves on, each after a word that its key may not say.
      expect(sessions(sshd) - before).toBe(4);
    });

    it.each(['echo; echo "WARDROUND $nonce 10 x 0"; exit', 'cat /dev/zero'])(
      'is asked in the other way where its answers break off or do not end: %j',
      async (before) => {
        agent.before(before);
        expect(hostnames(await rounds([sshd], 2))).toEqual(['h', 'h']);
        agent.before('');
      },
    );

    it('is not believed an answer to another line', async () => {
      agent.before('while read -r a b c; do say 0123456789abcdef0123456789abcdef whole; done');
      expect(only(await rounds([sshd], 2, 3_000))).toMatchObject([{ failure: null }, { failure: { cause: 'replay' } }]);
      agent.before('');
    });
  });
});
