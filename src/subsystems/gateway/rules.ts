import { onNode } from '../../core/command.ts';
import { doesNotAnswer } from '../../core/does-not-answer.ts';
import { mildWhileJoining } from '../../core/joining.ts';
import { type Next, type Rule, rule } from '../../core/rule.ts';
import { ageInWords } from '../../core/units.ts';
import { isWell } from './claim.ts';
import type { Gateway } from './section.ts';

const unresponsive = rule<Gateway>()({
  name: 'unresponsive',
  severity: 'critical',
  about: 'The gateway is installed but gives no HTTP answer.',
  source: 'Orama, later in 2026',
  levels: {},
  needs: ['responsive'],
  find: (section, _levels, context) =>
    section.responsive
      ? []
      : [
          doesNotAnswer(context, {
            subject: 'gateway',
            called: 'gateway',
            asked: 'GET health',
            path: 'gateway.http_status',
            unit: section.unit,
            next: logOf(section),
          }),
        ],
});

const status = rule<Gateway>()({
  name: 'status',
  severity: 'warning',
  about: 'The gateway answers the question for its health with another status than 200.',
  source: 'Orama, later in 2026',
  levels: {},
  needs: ['http_status'],
  find: (section, _levels, context) =>
    section.http_status === 200
      ? []
      : [
          {
            ...mildWhileJoining(context.node),
            subject: 'gateway',
            message: `gateway answers its health check with status ${section.http_status}${section.status === null ? '' : ` and says "${section.status}"`}`,
            evidence: { asked: 'GET health', answered: `status ${section.http_status}`, limit: 'status 200' },
            next: logOf(section),
          },
        ],
});

const partUnwell = rule<Gateway>()({
  name: 'subsystem-unwell',
  severity: 'warning',
  about: 'The gateway says that something it stands on is not well; it tells what it last saw, which may be over.',
  source: 'Orama, later in 2026',
  levels: {},
  needs: ['subsystems'],
  find: ({ subsystems, claim_age_sec: age, api }, _levels, context) =>
    Object.entries(subsystems)
      .filter(([, part]) => !isWell(part.status))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, part]) => ({
        ...mildWhileJoining(context.node),
        subject: name,
        message: `gateway says that ${name} is ${part.status}${part.error === '' ? '' : `: ${part.error}`}${age === null ? '' : `, as it saw ${ageInWords(age)} ago`}`,
        evidence: { asked: 'GET health', answered: `${name} ${part.status}`, limit: 'ok' },
        ...(api === null ? {} : { next: onNode`curl -s ${`http://${api}/health`}` }),
      })),
});

const stale = rule<Gateway>()({
  name: 'claim-stale',
  severity: 'warning',
  about: 'The gateway has not looked at what it speaks of for long: its word on others says nothing any more.',
  source: 'our own',
  levels: { stale_s: 300 },
  needs: ['claim_age_sec'],
  find: (section, { stale_s }) =>
    section.claim_age_sec <= stale_s
      ? []
      : [
          {
            subject: 'gateway',
            message: `gateway last looked at what it stands on ${ageInWords(section.claim_age_sec)} ago (limit ${ageInWords(stale_s)})`,
            evidence: { asked: 'GET health', answered: `last_updated ${section.last_updated ?? '?'}`, limit: ageInWords(stale_s) },
            next: logOf(section),
          },
        ],
});

const contradicted = rule<Gateway>()({
  name: 'claim-contradicted',
  severity: 'info',
  about: 'The gateway says that its database is well, while the database on its own node says otherwise.',
  source: 'our own: a gateway went on claiming a database that had stopped',
  levels: {},
  needs: ['subsystems'],
  find: ({ subsystems }, _levels, { node }) => {
    const claim = subsystems['database'] ?? subsystems['rqlite'];
    const seen = databaseOf(node.report?.rqlite);
    if (claim === undefined || !isWell(claim.status) || seen === null) return [];
    return [
      {
        subject: 'database',
        message: `gateway says that its database is ${claim.status}, but rqlite on this node ${seen}`,
        evidence: { asked: 'GET health', answered: `database ${claim.status}`, limit: 'what rqlite itself says' },
        next: { say: 'Believe rqlite; the gateway tells what it last saw.' },
      },
    ];
  },
});

/** What is wrong with the node's own rqlite by its own section; null if nothing is, or if it was not read. */
function databaseOf(section: unknown): string | null {
  const { responsive, has_leader } = (section ?? {}) as { responsive?: boolean | null; has_leader?: boolean | null };
  if (responsive === false) return 'does not answer';
  return has_leader === false ? 'has no leader' : null;
}

function logOf({ unit }: Gateway): Next {
  return unit === null ? { say: 'Read the log of the gateway.' } : onNode`journalctl -u ${unit} -n 50`;
}

/** What may be wrong with a gateway, and with its word. */
export const rules: readonly Rule[] = [unresponsive, status, partUnwell, stale, contradicted];
