import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gather } from '../../../src/fleet/gather.ts';
import type { NodeConfig } from '../../../src/fleet/node-config.ts';
import { inventoryOf, processesWith } from '../../fleet/ask.ts';
import { putFramedWard, putShellWard } from '../../fleet/framed-ward.ts';
import { nodeOf, SSHD, type Sshd, startSshd, WITHOUT_SSHD } from '../../fleet/sshd.ts';
import { type Listener, listenAs } from './hostile-listeners.ts';

const DEADLINE_MS = 6_000;
const PER_SSHD = 16;
const ROUNDS = Number(process.env['WARD_HUNG_ROUNDS'] ?? 2);

/** Ways to hang in what no sshd would send; the others need one. */
const LISTENERS = [
  'stays silent',
  'stays silent',
  'drips a line of junk',
  'drips a line of junk',
  'floods before its banner',
  'sends one endless line',
  'says nothing after its banner',
  'closes after its banner',
] as const;

/** Megabytes that are still held once what is no longer used is let go. */
function memoryKept(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage.rss() / 1e6;
}

describe.skipIf(SSHD === null)(`60 hosts of which 12 hang${WITHOUT_SSHD}`, () => {
  const sshds: Sshd[] = [];
  const listeners: Listener[] = [];
  const nodes: NodeConfig[] = [];
  beforeAll(async () => {
    for (let first = 1; first <= 48; first += PER_SSHD) {
      const addresses = Array.from({ length: PER_SSHD }, (_, at) => `127.0.1.${first + at}`);
      const sshd = await startSshd({ addresses });
      putFramedWard(sshd);
      sshds.push(sshd);
      nodes.push(...addresses.map((host) => nodeOf(sshd, { name: host, host })));
    }
    const [any] = sshds as [Sshd];
    for (const name of LISTENERS) listeners.push(await listenAs(name));
    for (const [at, { port }] of listeners.entries()) nodes.splice(at * 5, 0, nodeOf(any, { name: `bad${at}`, port }));
    const stuck = await startSshd({
      config: [
        'AuthorizedKeysFile none',
        'AuthorizedKeysCommand /usr/bin/sleep 20',
        `AuthorizedKeysCommandUser ${process.getuid?.() === 0 ? 'root' : nodeOf(any).user}`,
      ],
    });
    const endless = await startSshd();
    putShellWard(endless, 'exec cat /dev/zero');
    const silent = await startSshd();
    putShellWard(silent, 'exec sleep 20');
    const half = await startSshd();
    putShellWard(
      half,
      'echo; echo "WARDROUND $5 20000 0000000000000000000000000000000000000000000000000000000000000000 0"; echo half; exec sleep 20',
    );
    sshds.push(stuck, endless, silent, half);
    nodes.push(...[stuck, endless, silent, half].map((sshd, at) => nodeOf(sshd, { name: `stuck${at}` })));
  }, 60_000);
  afterAll(() => Promise.all([...sshds.map((sshd) => sshd.stop()), ...listeners.map((listener) => listener.close())]));

  it(`a round ends within its deadline and 2 s, 48 are whole, nothing is left and memory stays flat (${ROUNDS} rounds)`, {
    timeout: ROUNDS * 15_000,
  }, async () => {
    expect(nodes).toHaveLength(60);
    let before = memoryKept();
    for (let round = 0; round < ROUNDS; round += 1) {
      const begun = performance.now();
      const snapshot = await gather(inventoryOf(nodes), nodes, { timeout_ms: DEADLINE_MS });
      const took = performance.now() - begun;
      expect(took).toBeLessThan(DEADLINE_MS + 2_000);
      expect(snapshot.nodes.filter(({ report }) => report !== null).map(({ name }) => name)).toHaveLength(48);
      expect(snapshot.nodes.filter(({ failure }) => failure !== null).map(({ name, failure }) => [name, failure?.cause])).toEqual([
        ...[
          ['bad0', 'handshake'],
          ['bad1', 'handshake'],
          ['bad2', 'handshake'],
          ['bad3', 'handshake'],
          ['bad4', 'handshake'],
          ['bad5', 'handshake'],
        ],
        ...[
          ['bad6', 'handshake'],
          ['bad7', expect.stringMatching(/throttled|reset/)],
        ],
        ...[
          ['stuck0', 'handshake'],
          // On a busy machine the deadline comes before so much is read.
          ['stuck1', expect.stringMatching(/too-large|hung/)],
          ['stuck2', 'hung'],
          ['stuck3', 'truncated'],
        ],
      ]);
      expect(sshds.flatMap(({ folder }) => processesWith(folder).filter((words) => /(?:^|\/)ssh /.test(words)))).toEqual([]);
      // The first round loads what all need.
      if (round === 0) before = memoryKept();
    }
    expect(memoryKept() - before).toBeLessThan(50);
  });
});
