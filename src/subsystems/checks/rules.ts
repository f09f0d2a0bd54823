import { onNode } from '../../core/command.ts';
import type { Next } from '../../core/rule.ts';
import { type Found, type Rule, rule } from '../../core/rule.ts';
import type { CheckResult, Checks } from './section.ts';
import { whyFailed } from './why.ts';

const failed = rule<Checks>()({
  name: 'failed',
  severity: 'warning',
  about: 'An endpoint that the node names does not answer as it should.',
  source: 'our own',
  levels: {},
  needs: ['checks'],
  find: (section, _levels, { node }) =>
    section.checks
      .filter(({ passed }) => passed === false)
      .map((check) => ({
        subject: check.name,
        message: `${check.name} fails: ${whyFailed(check, section, node)}`,
        evidence: { asked: `${check.kind} ${check.target}`, answered: check.answer ?? 'nothing', limit: check.expected },
        next: nextOf(check),
      })),
});

/** The same question, put by hand. */
function nextOf({ kind, target }: CheckResult): Next {
  if (kind === 'http' || kind === 'health') return onNode`curl -sS -i --max-time 5 ${target}`;
  if (kind === 'dns') return onNode`dig ${target}`;
  if (kind === 'tls') return onNode`openssl s_client -brief -connect ${target}`;
  return onNode`nc -vz -w 5 ${hostOf(target)} ${target.slice(target.lastIndexOf(':') + 1)}`;
}

function hostOf(target: string): string {
  return target.slice(0, target.lastIndexOf(':'));
}

const slow = rule<Checks>()({
  name: 'slow',
  severity: 'warning',
  about: 'An endpoint answers, but takes longer than its check allows, which is 1 s where it says nothing.',
  source: 'our own',
  levels: { for_s: 60 },
  needs: ['checks'],
  find: ({ checks }, { for_s }) =>
    checks.flatMap(({ name, kind, target, passed, took_ms, slow_ms }): Found[] => {
      if (passed !== true || took_ms === null || took_ms <= slow_ms) return [];
      return [
        {
          subject: name,
          message: `${name} answers, but took ${Math.round(took_ms)} ms (limit ${slow_ms} ms)`,
          evidence: { asked: `${kind} ${target}`, answered: `${took_ms} ms`, limit: `${slow_ms} ms` },
          for_s,
        },
      ];
    }),
});

const expires = rule<Checks>()({
  name: 'certificate-expires',
  severity: 'warning',
  about:
    'A certificate that the node checks ends soon: warning from the days that its check names, which are 14 where it says nothing, critical from 3 or when it has ended.',
  source: 'Orama, as for the domains',
  levels: { critical_days: 3 },
  needs: ['checks'],
  find: ({ checks }, { critical_days }) =>
    checks.flatMap(({ name, target, days_left, least_days }): Found[] => {
      if (days_left === null || days_left > least_days) return [];
      return [
        {
          subject: name,
          severity: days_left <= critical_days ? 'critical' : 'warning',
          message:
            days_left < 0
              ? `The certificate of ${name} has ended`
              : `The certificate of ${name} ends in ${days_left} days (limit ${least_days})`,
          evidence: { asked: `tls ${target}`, answered: `${days_left} days left`, limit: `${least_days} days` },
        },
      ];
    }),
});

/** What may be wrong with endpoints. */
export const rules: readonly Rule[] = [failed, slow, expires];
