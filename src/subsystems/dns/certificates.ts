import type { Answer, Ask } from '../../core/ask.ts';
import type { Certificate } from '../../core/host.ts';
import type { Asked } from '../../core/section.ts';
import { absent } from '../../core/unknown.ts';
import { isHostName } from '../../core/corefile.ts';
import { WILDCARD_PROBE } from '../../core/probe.ts';
import type { PresentedCertificate } from './section.ts';

const DAY_S = 86_400;

/** What the web server presents for one name. */
export interface CertificateAnswer {
  name: string;
  presented: Answer<Certificate>;
}

/** The certificates for each domain and for a name under it; without a domain that for the machine's own name. */
export function presentedBy(ask: Ask, names: Answer<readonly string[]>, at: string): Answer<readonly (readonly CertificateAnswer[])[]> {
  return ask.after(names, (all) => {
    if (all.length === 0) {
      const own = ask.read('/proc/sys/kernel/hostname', (text) => [text.trim().toLowerCase()].filter(isHostName));
      return ask.each(own, (name) => [{ name, presented: ask.certificate(at, name) }]);
    }
    return ask.each(names, (name) => [
      { name, presented: ask.certificate(at, name) },
      // `*.example.net` is no host name, so a server is asked for one that only the wildcard covers.
      { name: `*.${name}`, presented: ask.certificate(at, `${WILDCARD_PROBE}.${name}`) },
    ]);
  });
}

/** A certificate's fields from its answer. */
export function certificateFields({ name, presented }: CertificateAnswer, now_s: () => number): Asked<PresentedCertificate> {
  return {
    name,
    days_left: () => daysLeft(presented(), now_s()),
    lifetime_days: () => Math.round((presented().not_after_s - presented().not_before_s) / DAY_S),
    not_after: () => presented().not_after_s,
    issuer: () => presented().issuer,
    trusted: () => presented().trusted,
    distrust: () => presented().distrust,
    names: () => presented().names,
  };
}

/** Whole days until the certificate for this name expires. */
export function daysFor(answers: readonly CertificateAnswer[], name: string, now_s: number): number {
  const found = answers.find((each) => each.name === name);
  if (found === undefined) throw absent(`no certificate was asked for ${name}`);
  return daysLeft(found.presented(), now_s);
}

function daysLeft({ not_after_s }: Certificate, now_s: number): number {
  return Math.floor((not_after_s - now_s) / DAY_S);
}
