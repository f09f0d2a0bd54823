import { onNode } from '../../core/command.ts';
import { type Context, type Next, type Rule, rule } from '../../core/rule.ts';
import { many } from '../../core/units.ts';
import { EXPIRY, expirySeverity, leftInWords } from './expiry.ts';
import type { Dns, PresentedCertificate } from './section.ts';

const expiring = rule<Dns>()({
  name: 'certificate-expiring',
  severity: 'warning',
  about:
    'A certificate that the machine presents is near its end, or past it. One that lives less than 28 days counts only in its last sixth.',
  source: 'Orama: 14 days; critical from 3',
  levels: EXPIRY,
  needs: ['certificates'],
  find: ({ certificates }, levels) =>
    distinct(certificates).flatMap((certificate) => {
      const { name, days_left: days, issuer } = certificate;
      const severity = expirySeverity(certificate, levels);
      if (severity === null || days === null) return [];
      const left = leftInWords(days);
      return [
        {
          subject: name,
          severity,
          message: `Certificate of ${name} ${left} (limit ${many(levels.warning_days, 'day')})`,
          evidence: {
            asked: `certificate for ${name}`,
            answered: `${left}, issued by ${issuer ?? '?'}`,
            limit: `warning below ${levels.warning_days} days, critical from ${levels.critical_days}`,
          },
          next: lookAt(name),
        },
      ];
    }),
});

const unchecked = rule<Dns>()({
  name: 'certificate-unchecked',
  severity: 'warning',
  about: 'No certificate came where one is expected, so nobody can say whether it is near its end.',
  source: 'our own: the original showed -1 and raised nothing',
  levels: {},
  needs: ['certificates'],
  find: ({ certificates, domains }, _levels, context) =>
    certificates.flatMap(({ name, days_left: days }, at) => {
      if (days !== null || !isExpected(name, domains, context)) return [];
      const why = reasonAt(at, context);
      return [
        {
          subject: name,
          message: `TLS of ${name} cannot be checked: ${why}`,
          evidence: { asked: `certificate for ${name}`, answered: why, limit: '' },
          next: lookAt(name),
          // Where the domain itself fails alike, its wildcard is no further news.
          ...(name.startsWith('*.') && reasonAt(at - 1, context) === why
            ? { follows: { rule: 'dns/certificate-unchecked', subject: name.slice(2) } }
            : {}),
        },
      ];
    }),
});

/** Why a certificate could not be looked at, without the question. */
function reasonAt(index: number, { node }: Context): string {
  const entry = node.report?.unknown.find(({ path }) => path === `dns.certificates[${index}].days_left`);
  return entry?.reason.replace(/^certificate \S+ \S+: /, '') ?? 'no reason is known';
}

/** A name under a domain is expected to have TLS only where the name server sends people there. */
function isExpected(name: string, domains: Dns['domains'], { node }: Context): boolean {
  if (!name.startsWith('*.') || node.profile === 'orama') return true;
  return domains?.find((domain) => `*.${domain.name}` === name)?.wildcard_resolves === true;
}

const untrusted = rule<Dns>()({
  name: 'certificate-untrusted',
  severity: 'info',
  about: "The system's authorities do not vouch for a certificate that the machine presents.",
  source: 'our own',
  levels: {},
  needs: ['certificates'],
  find: ({ certificates }) =>
    distinct(certificates).flatMap(({ name, trusted, distrust, days_left: days, issuer }) => {
      // An expired one is told as that.
      if (trusted !== false || (days ?? 0) < 0) return [];
      return [
        {
          subject: name,
          message: `Certificate of ${name} is not trusted by this system: ${distrust ?? '?'}`,
          evidence: { asked: `certificate for ${name}`, answered: `${distrust ?? '?'}, issued by ${issuer ?? '?'}`, limit: '' },
          next: lookAt(name),
        },
      ];
    }),
});

/** Each certificate once, under the first name for which it was presented. */
function distinct(certificates: readonly PresentedCertificate[]): PresentedCertificate[] {
  const key = ({ issuer, not_after, names, distrust }: PresentedCertificate) => JSON.stringify([issuer, not_after, names, distrust]);
  return certificates.filter((each, at) => each.not_after === null || certificates.findIndex((other) => key(other) === key(each)) === at);
}

function lookAt(name: string): Next {
  const asked = name.replace(/^\*\./, 'ward-check.');
  return onNode`openssl s_client -connect 127.0.0.1:443 -servername ${asked} </dev/null`;
}

/** What may be wrong with the certificates that a machine presents. */
export const certificateRules: readonly Rule[] = [expiring, unchecked, untrusted];
