import type { Host } from '../../core/host.ts';
import { placeText, type Probe, type ProbeResult, WILDCARD_PROBE } from '../../core/probe.ts';
import { Unknown } from '../../core/unknown.ts';
import { steadyMs } from '../../hosts/steady-ms.ts';

const NOTHING = { reason: '', records: [], chain: null };

/** Connects to a place, and says nothing there. */
export async function tcpTried(host: Host, { place }: Probe & { kind: 'tcp' }): Promise<ProbeResult[]> {
  const subject = placeText(place);
  const { answer, took_ms } = await timed(host.ask('exchange', { to: subject, send: '', until: '' }));
  return [answer instanceof Unknown ? notPassed(subject, 'tcp', answer) : { ...NOTHING, subject, by: 'tcp', passed: true, took_ms }];
}

const TYPES = ['SOA', 'NS', 'A'] as const;

/** Asks the name server for each type of record, and for a name that nobody has. */
export async function dnsTried(host: Host, { place, zone }: Probe & { kind: 'dns' }): Promise<ProbeResult[]> {
  const server = placeText(place);
  const asked = [
    ...TYPES.map((type) => ({ subject: type, type, name: zone })),
    { subject: 'wildcard', type: 'A', name: `${WILDCARD_PROBE}.${zone}` } as const,
  ];
  return Promise.all(
    asked.map(async ({ subject, type, name }): Promise<ProbeResult> => {
      const { answer, took_ms } = await timed(host.ask('lookup', { server, name, type }));
      if (answer instanceof Unknown) return notPassed(subject, 'dns', answer);
      const passed = answer.length > 0;
      return { ...NOTHING, subject, by: 'dns', passed, reason: passed ? '' : 'no record came', took_ms, records: answer };
    }),
  );
}

/** Looks at the certificates that a server shows for the name; it passes if a client would trust them. */
export async function tlsTried(host: Host, { place, name }: Probe & { kind: 'tls' }): Promise<ProbeResult[]> {
  const subject = placeText(place);
  const { answer, took_ms } = await timed(host.ask('certificate', { to: subject, name, as: 'chain' }));
  if (answer instanceof Unknown) return [notPassed(subject, 'tls', answer)];
  const { trusted, distrust, names, chain: links = [] } = answer;
  const reason = trusted ? '' : `not trusted for ${name} (${distrust})`;
  return [{ subject, by: 'tls', passed: trusted, reason, took_ms, records: [], chain: { trusted, distrust, names, links } }];
}

/** What did not pass: no, where the thing itself was reached or silent; not known, where the question never got there. */
export function notPassed(subject: string, by: ProbeResult['by'], { kind, reason, asked }: Unknown): ProbeResult {
  const found = asked && kind !== 'denied' && kind !== 'unparsed';
  return { subject, by, passed: found ? false : null, reason, took_ms: null, records: [], chain: null };
}

async function timed<T>(answer: Promise<T>): Promise<{ answer: T; took_ms: number }> {
  const begun_ms = steadyMs();
  return { answer: await answer, took_ms: Math.round((steadyMs() - begun_ms) * 10) / 10 };
}
