import { zonesOf } from '../core/corefile.ts';
import type { Host } from '../core/host.ts';
import { type Probe, type ProbeAnswer, probeIn, type ProbeResult } from '../core/probe.ts';
import { EXIT, Refusal } from '../core/refusal.ts';
import { Unknown } from '../core/unknown.ts';
import { VERSION } from '../core/version.gen.ts';
import { withDeadline } from '../hosts/deadline.ts';
import { localHost } from '../hosts/local.ts';
import { type NodeProfile, readNodeFile } from './node-file.ts';
import { meshPinged } from './probe/mesh-ping.ts';
import { type OwnMesh, ownMesh } from './probe/own-mesh.ts';
import { needsMesh, permittedBy, refusalOf } from './probe/permitted.ts';
import { dnsTried, tcpTried, tlsTried } from './probe/tried.ts';
import { misused } from './words.ts';

const DEADLINE_MS = 10_000;

/** Tries something from this machine. Throws a Refusal where the words are none of a probe, or the machine does not try this. */
export function localProbe(kind: string, target: string): Promise<ProbeAnswer> {
  const probe = probeIn(kind, target);
  if (typeof probe === 'string') throw misused(probe);
  return probed(probe, localHost(DEADLINE_MS), readNodeFile());
}

/** The same from any host that can be asked. */
export async function probed(probe: Probe, host: Host, { profile }: NodeProfile): Promise<ProbeAnswer> {
  const timed = withDeadline(host, DEADLINE_MS);
  const permitted = permittedBy(profile, await zonesHere(timed, probe, profile.dns.corefile));
  const mesh = needsMesh(probe, permitted) ? await ownMesh(timed, profile) : { peers: [], reason: '' };
  const refused = refusalOf(probe, permitted, mesh.peers);
  const unseen = mesh.reason !== '' && probe.kind === 'mesh-ping';
  if (refused !== null && !unseen) throw new Refusal(EXIT.notAllowed, `${refused}${mesh.reason === '' ? '' : ` (${mesh.reason})`}`);
  const clock = await timed.ask('clock', {});
  return {
    probe: probe.kind,
    target: probe.target,
    timestamp: new Date(clock instanceof Unknown ? Date.now() : clock.unix_ms).toISOString(),
    version: VERSION,
    results: unseen ? null : await tried(timed, probe, mesh),
    reason: unseen ? mesh.reason : '',
  };
}

function tried(host: Host, probe: Probe, { peers }: OwnMesh): Promise<ProbeResult[]> {
  switch (probe.kind) {
    case 'mesh-ping':
      return meshPinged(host, probe, peers);
    case 'tcp':
      return tcpTried(host, probe);
    case 'dns':
      return dnsTried(host, probe);
    default:
      return tlsTried(host, probe);
  }
}

/** The zones of the machine's own name server, where it has one. */
async function zonesHere(host: Host, { kind }: Probe, corefile: string): Promise<string[]> {
  if (kind !== 'dns') return [];
  const text = await host.ask('read', { path: corefile });
  return text instanceof Unknown ? [] : zonesOf(text);
}
