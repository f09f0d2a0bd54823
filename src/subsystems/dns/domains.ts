import { type Answer, type Ask, known, present } from '../../core/ask.ts';
import { WILDCARD_PROBE } from '../../core/probe.ts';
import type { Asked } from '../../core/section.ts';
import { absent, unparsed } from '../../core/unknown.ts';
import { isHostName } from '../../core/corefile.ts';
import type { Domain } from './section.ts';

/** More domains than this are counted, not asked for: each costs up to six questions. */
export const MOST_DOMAINS = 16;

/** What the name server answers for one domain. */
export interface DomainAnswers {
  name: string;
  soa: Answer<string[]>;
  ns: Answer<string[]>;
  a: Answer<string[]>;
  wildcard: Answer<string[]>;
}

/** The profile's domains, else the zones of the Corefile; none where there is no Corefile. */
export function domainsOf(wanted: readonly string[], zones: Answer<string[]>): string[] {
  if (wanted.length > 0) return wanted.map((name) => name.toLowerCase()).filter(isHostName);
  return present(zones) ? zones() : [];
}

/** Asks the name server at `HOST:PORT` for each domain. */
export function lookedUp(ask: Ask, names: Answer<readonly string[]>, at: string): Answer<readonly DomainAnswers[]> {
  return ask.each(names, (name) => ({
    name,
    soa: ask.lookup(at, name, 'SOA'),
    ns: ask.lookup(at, name, 'NS'),
    a: ask.lookup(at, name, 'A'),
    wildcard: ask.lookup(at, `${WILDCARD_PROBE}.${name}`, 'A'),
  }));
}

/** A domain's fields from its answers. */
export function domainFields({ name, soa, ns, a, wildcard }: DomainAnswers): Asked<Domain> {
  return {
    name,
    soa_resolves: () => resolves(soa),
    soa_serial: () => serialOf(soa()),
    ns_resolves: () => resolves(ns),
    ns: () => [...ns()].sort(),
    a_resolves: () => resolves(a),
    a: () => [...a()].sort(),
    wildcard_resolves: () => resolves(wildcard),
  };
}

/** Whether records came; a refusal, an error and silence of the name server are all no. */
export function resolves(answer: Answer<string[]>): boolean {
  return known(answer) && answer().length > 0;
}

/** The third word of a SOA record (RFC 1035, 3.3.13). */
function serialOf([record]: readonly string[]): number {
  const serial = record?.split(/\s+/)[2];
  if (record === undefined) throw absent('there is no SOA record');
  if (serial === undefined || !/^\d{1,10}$/.test(serial)) throw unparsed('the SOA record has no serial');
  return Number(serial);
}
