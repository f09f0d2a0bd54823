import type { Ask } from '../../core/ask.ts';
import { works } from '../../core/presence.ts';
import type { Profile } from '../../core/profile.ts';
import { type Asked, type AskedSection, when } from '../../core/section.ts';
import { absent } from '../../core/unknown.ts';
import { askEndpoint, type Asked as AskedEndpoint } from './ask-endpoint.ts';
import { claimIn } from './claim.ts';
import { answerOf, expectedOf, isAsWanted } from './judge.ts';
import type { CheckResult, Checks } from './section.ts';

const DAY_S = 86_400;

/** Asks every endpoint that the node's own file names, each once. */
export function collect(ask: Ask, { checks: { endpoints } }: Profile): AskedSection<Checks> {
  const asked = endpoints.map((endpoint) => askEndpoint(ask, endpoint));
  const clock = ask.clock();
  const now_s = () => clock().unix_ms / 1000;
  return when<Checks>(() => asked.length > 0 || absent("the node's own file names no checks"), {
    checks: asked.map((each) => resultOf(each, now_s)),
  });
}

function resultOf(asked: AskedEndpoint, now_s: () => number): Asked<CheckResult> {
  const { name, kind, target, slow_ms, least_days } = asked.endpoint;
  return {
    name,
    kind,
    target,
    passed: () => works(() => isAsWanted(asked)) && isAsWanted(asked),
    answer: () => answerOf(asked),
    expected: expectedOf(asked.endpoint),
    took_ms: () => asked.http?.().took_ms ?? absent('it is not timed'),
    slow_ms,
    status: () => asked.http?.().status ?? absent('it has no status'),
    days_left: () => (asked.tls === null ? absent('it shows no certificate') : Math.floor((asked.tls().not_after_s - now_s()) / DAY_S)),
    least_days,
    claim: () => (kind === 'health' && asked.http !== null ? claimIn(asked.http().body) : absent('it is not asked for its health')),
  };
}
