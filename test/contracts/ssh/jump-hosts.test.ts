import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NodeSnapshot } from '../../../src/core/snapshot.ts';
import { gather } from '../../../src/fleet/gather.ts';
import { yamlInventory } from '../../../src/fleet/inventory/yaml-inventory.ts';
import { scanHostKeys } from '../../../src/fleet/trust.ts';
import { processesWith } from '../../fleet/ask.ts';
import { putFramedWard } from '../../fleet/framed-ward.ts';
import { freePort, SSHD, type Sshd, startSshd, WITHOUT_SSHD } from '../../fleet/sshd.ts';
import { listenAs } from './hostile-listeners.ts';

/** What nodes.yaml says of a node that this sshd is; each has a key and host keys of its own. */
function entry(sshd: Sshd, more: Readonly<Record<string, string>> = {}): string {
  const all = {
    ...{ address: '127.0.0.1', port: String(sshd.port), user: userInfo().username },
    ...{ identity_file: sshd.identity, known_hosts: sshd.knownHosts },
    ...more,
  };
  return `{${Object.entries(all)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ')}}`;
}

describe.skipIf(SSHD === null)(`nodes behind jump hosts${WITHOUT_SSHD}`, () => {
  let [first, second, node, closed] = [] as unknown as [Sshd, Sshd, Sshd, Sshd];
  let gone = 0;
  beforeAll(async () => {
    [first, second, node, closed] = (await Promise.all([
      startSshd(),
      startSshd(),
      startSshd(),
      startSshd({ config: ['AllowTcpForwarding no'] }),
    ])) as [Sshd, Sshd, Sshd, Sshd];
    for (const sshd of [first, second, node, closed]) putFramedWard(sshd);
    gone = await freePort();
  });
  afterAll(() => Promise.all([first, second, node, closed].map((sshd) => sshd.stop())));

  const inventoryOf = (nodes: Readonly<Record<string, string>>, keep_s = 0) => {
    const lines = Object.entries(nodes).map(([name, text]) => `      ${name}: ${text}`);
    const source = ['environments:', '  e:', '    nodes:', ...lines, `ssh: {keep_s: ${keep_s}}`, ''].join('\n');
    return yamlInventory('nodes.yaml', source, { env: {}, home: '/nowhere' });
  };
  const asked = async (nodes: Readonly<Record<string, string>>, keep_s = 0, timeout_ms = 10_000): Promise<NodeSnapshot> => {
    const inventory = inventoryOf(nodes, keep_s);
    const chosen = inventory.nodes.filter(({ name }) => name === 'n1');
    return (await gather(inventory, chosen, { timeout_ms })).nodes[0] as NodeSnapshot;
  };

  it('are reached by way of another node, with the key, port and host keys that the inventory has for it', async () => {
    expect(await asked({ bastion: entry(first), n1: entry(node, { jump: 'bastion' }) })).toMatchObject(ANSWERED);
    expect(first.log()).toMatch(/Accepted publickey/);
    expect(second.log()).not.toMatch(/Accepted publickey/);
  });

  it('are reached through two, one behind the other', async () => {
    const chain = { outer: entry(first), inner: entry(second, { jump: 'outer' }), n1: entry(node, { jump: 'inner' }) };
    expect(await asked(chain)).toMatchObject(ANSWERED);
    expect(second.log()).toMatch(/Accepted publickey/);
  });

  it('are reached with files whose names have signs of a shell and of ssh', async () => {
    const folder = join(node.folder, `100%h 'sure' $(id)`);
    mkdirSync(folder);
    const named = (sshd: Sshd, name: string) => {
      const [key, known] = [join(folder, name), join(folder, `${name}.known`)];
      copyFileSync(sshd.identity, key);
      copyFileSync(sshd.knownHosts, known);
      return { identity_file: JSON.stringify(key), known_hosts: JSON.stringify(known) };
    };
    const nodes = { bastion: entry(first, named(first, 'a')), n1: entry(node, { ...named(node, 'b'), jump: 'bastion' }) };
    expect(await asked(nodes)).toMatchObject(ANSWERED);
  });

  it('keep their connection open between two rounds', async () => {
    const nodes = { bastion: entry(first), n1: entry(node, { jump: 'bastion' }) };
    expect(await asked(nodes, 5)).toMatchObject(ANSWERED);
    const logins = first.log().split('Accepted publickey').length;
    expect(await asked(nodes, 5)).toMatchObject(ANSWERED);
    expect(first.log().split('Accepted publickey')).toHaveLength(logins);
  });

  it.each([
    [
      'lets nobody in with this key',
      () => entry(first, { identity_file: second.identity }),
      'authentication',
      /^on the way, at bastion: login refused/,
    ],
    [
      'shows a host key that nobody knows',
      () => entry(first, { known_hosts: second.knownHosts }),
      'host-key-unknown',
      /^on the way, at bastion: not enrolled/,
    ],
    ['passes no connections on', () => entry(closed), 'other', /^on the way, at bastion: it passes no connections on/],
    ['is not there', () => entry(first, { port: String(gone) }), 'refused', /^on the way, at bastion: connection refused/],
    [
      'does not resolve',
      () => entry(first, { address: 'bastion.invalid' }),
      'dns',
      /^on the way, at bastion: the name bastion\.invalid does not resolve/,
    ],
  ])('are told apart from a jump host that %s', async (_, bastion, cause, message) => {
    const { report, failure } = await asked({ bastion: bastion(), n1: entry(node, { jump: 'bastion' }) });
    expect([report, failure?.cause]).toEqual([null, cause]);
    expect(failure?.message).toMatch(message);
    expect(failure?.next).toMatch(/bastion|127\.0\.0\.1/);
    expect(failure?.next).not.toMatch(/n1/);
  });

  it('are told which of two jump hosts is the trouble', async () => {
    const through = (outer: string, inner: string) => asked({ outer, inner, n1: entry(node, { jump: 'inner' }) });
    const inner = entry(second, { jump: 'outer' });
    expect((await through(entry(first, { port: String(gone) }), inner)).failure).toMatchObject({
      message: 'on the way, at outer: connection refused',
      at: 'outer',
    });
    expect((await through(entry(first), entry(second, { port: String(gone), jump: 'outer' }))).failure).toMatchObject({
      message: 'on the way, at inner: connection refused, as outer sees it',
      at: 'inner',
    });
    expect((await through(entry(first), entry(second, { identity_file: first.identity, jump: 'outer' }))).failure).toMatchObject({
      message: expect.stringMatching(/^on the way, at inner: login refused/) as string,
      at: 'inner',
    });
  });

  it('that the jump host cannot reach are told as it sees them, and looked at from there', async () => {
    const bastion = entry(first);
    const { failure } = await asked({ bastion, n1: entry(node, { port: String(gone), jump: 'bastion' }) });
    expect(failure).toMatchObject({ cause: 'refused', message: 'connection refused, as bastion sees it' });
    expect(failure?.next).toBe(`ssh -i ${first.identity} -p ${first.port} ${userInfo().username}@127.0.0.1 ping -c 3 127.0.0.1`);
  });

  it('that refuse the login themselves say so themselves', async () => {
    const { failure } = await asked({ bastion: entry(first), n1: entry(node, { identity_file: second.identity, jump: 'bastion' }) });
    expect(failure).toMatchObject({
      cause: 'authentication',
      message: expect.stringMatching(/^login refused; the node takes publickey/) as string,
    });
  });

  it('show their own host key to be trusted, not that of the jump host', async () => {
    const unknown = { known_hosts: join(node.folder, 'none') };
    const inventory = inventoryOf({ bastion: entry(first), n1: entry(node, { ...unknown, jump: 'bastion' }) });
    const [scanned] = await scanHostKeys(
      inventory,
      inventory.nodes.filter(({ name }) => name === 'n1'),
      10_000,
    );
    expect(scanned).toMatchObject({ standing: 'new', key: { line: expect.stringContaining(keyOf(node)) as string } });
  });

  it('that hang behind a jump host that hangs cost no more than the deadline, and nothing goes on', async () => {
    const silent = await listenAs('stays silent');
    const begun = performance.now();
    const nodes = { bastion: entry(first, { port: String(silent.port) }), n1: entry(node, { jump: 'bastion' }) };
    const { failure } = await asked(nodes, 0, 2_500);
    expect(failure?.message).toBe('the login did not come about within 3 s');
    expect(performance.now() - begun).toBeLessThan(4_500);
    await expect.poll(() => processesWith(`-p ${silent.port}`)).toEqual([]);
    await silent.close();
  });

  it('that are reached through themselves are refused with their place', () => {
    const nodes = { a: entry(first, { jump: 'b' }), b: entry(second, { jump: 'a' }) };
    expect(() => inventoryOf(nodes)).toThrow('a is reached through itself: a through b through a');
    expect(() => inventoryOf({ a: entry(first, { jump: 'a' }) })).toThrow('a is reached through itself: a through a');
  });
});

const ANSWERED = { failure: null, report: { hostname: 'h' } };

function keyOf({ hostKey }: Sshd): string {
  return readFileSync(`${hostKey}.pub`, 'utf8').trim().split(' ')[1] ?? '';
}
