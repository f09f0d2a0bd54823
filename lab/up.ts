import { putBuiltAgent } from './agent.ts';
import { down } from './down.ts';
import { startGateway } from './gateway.ts';
import { bootHost, cutHost, isPrepared, prepareHost } from './hosts.ts';
import { isRunning } from './inside.ts';
import { writeInventory } from './inventory.ts';
import { hasAll, type LabKind, wordsOf } from './kind.ts';
import { clearLeftovers, claim } from './leftovers.ts';
import { freeNetwork, makeBridge } from './network.ts';
import { stateFile } from './places.ts';
import { type Layers, layersFor } from './programs/layers.ts';
import { awaitCluster } from './cluster/ready.ts';
import { awaitMesh, awaitReady } from './ready.ts';
import { LabError, say } from './run.ts';
import { keepState, type LabHost, type LabState, readState } from './state.ts';
import { installTools } from './tools.ts';

/** Brings up so many healthy hosts. Those that run and are whole stay; dead and broken ones are made anew. */
export async function up(count: number, kind: LabKind): Promise<void> {
  const began = Date.now();
  if (hasAll(kind, 'all') && count < 3) throw new LabError('a lab with --all has 3 hosts or more, for its relays need three authorities');
  installTools();
  const layers = layersFor(kind);
  const lab = await labOf(count, kind);
  makeBridge(lab);
  await startGateway(lab);
  writeInventory(lab);
  const broken = new Set(lab.broken.map(({ host }) => host));
  const lacking = lab.hosts.filter((host) => broken.has(host.name) || !isPrepared(host) || !isRunning(host));
  await Promise.all(lacking.map((host) => makeAnew(host, layers, lab)));
  keepState({ ...lab, broken: [] });
  for (const host of lab.hosts) {
    await awaitReady(host);
    putBuiltAgent(host);
  }
  await awaitMesh(lab.hosts);
  if (hasAll(kind, 'cluster')) await awaitCluster(lab);
  say(
    `${lab.hosts.map(({ name, address }) => `${name} ${address}`).join(', ')} are up after ${((Date.now() - began) / 1000).toFixed(1)} s; inventory: ${stateFile('nodes.yaml')}`,
  );
}

async function makeAnew(host: LabHost, layers: Layers, lab: LabState): Promise<void> {
  await cutHost(host);
  say(`making ${host.name}`);
  claim(host.machine);
  prepareHost(host, layers, lab);
  await bootHost(host, lab);
}

async function labOf(count: number, kind: LabKind): Promise<LabState> {
  const kept = readState();
  if (kept !== null && kept.hosts.length === count && kept.kind === kind) return kept;
  if (kept !== null) {
    say(`there is another lab, of ${kept.hosts.length} hosts${wordsOf(kept.kind)}; taking it down`);
    await down();
  }
  await clearLeftovers();
  const { bridge, range } = freeNetwork();
  const lab: LabState = { bridge, range, kind, hosts: hostsOf(count, bridge, range), broken: [] };
  keepState(lab);
  return lab;
}

/** All of them serve the zone; the first two have the role of name servers, so that there are two roles. */
function hostsOf(count: number, bridge: string, range: string): LabHost[] {
  return Array.from({ length: count }, (_, at) => {
    const number = at + 1;
    const name = `ns${number}`;
    return {
      ...{ name, machine: `${bridge}${name}`, address: `${range}.${10 + number}`, mesh_address: `10.0.0.${number}` },
      role: number <= 2 ? ('nameserver' as const) : ('node' as const),
    };
  });
}
