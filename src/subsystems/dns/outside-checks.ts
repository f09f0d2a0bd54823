import type { CheckDefinition } from '../../core/check-definition.ts';
import { WILDCARD_PROBE } from '../../core/probe.ts';
import type { Trial } from '../../core/probe-check.ts';
import type { NodeSnapshot } from '../../core/snapshot.ts';
import { hasCaddy, hasCoreDns, isOrama } from './installed.ts';
import type { Dns } from './section.ts';

/** Other nodes that try it; one that cannot is made up for by the next. */
const OTHERS = 2;

function sectionOf({ report }: NodeSnapshot): Dns | null {
  return (report?.['dns'] ?? null) as Dns | null;
}

function zones(node: NodeSnapshot, address: string): Trial[] {
  return (sectionOf(node)?.domains ?? []).map(({ name }) => ({ kind: 'dns', target: `${address}:53/${name}`, subject: name }));
}

function chains(node: NodeSnapshot, address: string): Trial[] {
  return (sectionOf(node)?.certificates ?? []).map(({ name }) => {
    const asked = name.startsWith('*.') ? `${WILDCARD_PROBE}.${name.slice(2)}` : name;
    return { kind: 'tls', target: `${address}:443/${asked}`, subject: name };
  });
}

/** One kind of record as somebody gets it who is not on the name server; addresses and wildcards must be there in profile orama only. */
function record(id: string, result: string, concerns: (node: NodeSnapshot) => boolean): CheckDefinition {
  return {
    ...{ id, rules: [], importance: 'high', each: 'node', concerns },
    probe: { by: 'others', most: OTHERS, enough: 'any', trials: zones, result, failed: `does not answer for ${result} of` },
  };
}

const isOramaWithCoreDns = (node: NodeSnapshot) => hasCoreDns(node) && isOrama(node);

/** What name server and web server look like from other machines. */
export const outside: readonly CheckDefinition[] = [
  record('dns.soa_outside', 'SOA', hasCoreDns),
  record('dns.ns_outside', 'NS', hasCoreDns),
  record('dns.a_outside', 'A', isOramaWithCoreDns),
  record('dns.wildcard_outside', 'wildcard', isOramaWithCoreDns),
  {
    ...{ id: 'dns.tls_outside', rules: [], importance: 'medium', each: 'node', concerns: hasCaddy },
    probe: { by: 'others', most: OTHERS, enough: 'any', trials: chains, failed: 'shows no certificate that others trust for' },
  },
];
