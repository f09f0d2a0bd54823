import type { Host, Ran } from '../../core/host.ts';
import { inTurn } from '../../core/in-turn.ts';
import type { Probe, ProbeResult } from '../../core/probe.ts';
import { failed, timedOut, Unknown } from '../../core/unknown.ts';
import type { MeshPeer } from './own-mesh.ts';
import { notPassed } from './tried.ts';

const AT_ONCE = 64;
const WAIT_S = 2;
/** Where nobody is expected to listen: a refusal is an answer of the peer's kernel. */
const UNUSED_PORT = 9;

/** One echo request to each peer, or to the one that is meant. */
export async function meshPinged(
  host: Host,
  { address: one }: Probe & { kind: 'mesh-ping' },
  peers: readonly MeshPeer[],
): Promise<ProbeResult[]> {
  const meant = one === null ? peers : peers.filter(({ address }) => address === one);
  return inTurn(meant, AT_ONCE, ({ address, public_key }) =>
    address === null
      ? Promise.resolve({ ...UNKNOWN, subject: public_key, reason: 'what it may send from is no single address' })
      : pinged(host, address),
  );
}

const UNKNOWN = { passed: null, by: 'ping', took_ms: null, records: [], chain: null } as const;

/** By the system's ping program; where there is none, or it may not, by whether the peer's kernel takes or refuses a connection. */
async function pinged(host: Host, address: string): Promise<ProbeResult> {
  const ran = await host.ask('run', { program: 'ping', words: ['-n', '-c', '1', '-W', String(WAIT_S), address] });
  if (ran instanceof Unknown) return ran.kind === 'absent' ? connected(host, address) : notPassed(address, 'ping', ran);
  if (/not permitted|permission denied/i.test(ran.stderr)) return connected(host, address);
  return ran.exit === 0
    ? { ...UNKNOWN, subject: address, passed: true, reason: '', took_ms: roundTrip(ran) }
    : notPassed(address, 'ping', whyNot(ran));
}

function whyNot({ stderr }: Ran): Unknown {
  const [complaint] = stderr.split('\n').filter((line) => line.trim() !== '');
  return complaint === undefined ? timedOut(`no answer within ${WAIT_S} s`) : failed(complaint.replace(/^ping: /, '').slice(0, 200));
}

function roundTrip({ stdout }: Ran): number | null {
  const text = /\btime[=<]([0-9.]{1,12}) ?ms/.exec(stdout)?.[1];
  return text === undefined ? null : Number(text);
}

async function connected(host: Host, address: string): Promise<ProbeResult> {
  const to = address.includes(':') ? `[${address}]:${UNUSED_PORT}` : `${address}:${UNUSED_PORT}`;
  const answer = await host.ask('exchange', { to, send: '', until: '' });
  const result = { ...UNKNOWN, by: 'tcp', subject: address } as const;
  if (!(answer instanceof Unknown) || answer.kind === 'absent') return { ...result, passed: true, reason: '' };
  // A firewall that drops looks the same as a peer that is gone.
  if (answer.kind === 'timeout') return { ...result, reason: `ping cannot be used here, and TCP port ${UNUSED_PORT}: ${answer.reason}` };
  return notPassed(address, 'tcp', answer);
}
