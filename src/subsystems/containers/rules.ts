import { onNode } from '../../core/command.ts';
import { type Found, type Rule, rule } from '../../core/rule.ts';
import { ageInWords, many, sizeInWords } from '../../core/units.ts';
import { engineSilent } from './engine-rule.ts';
import { limitRules } from './limit-rules.ts';
import { LOOP, loopSeen } from './restart-loop.ts';
import type { Container, Containers, Health } from './section.ts';
import { gaveUp, isUnhealthy, recently, wasKilled } from './trouble.ts';

const unhealthy = rule<Containers>()({
  name: 'unhealthy',
  severity: 'warning',
  about: 'The health check of a running container fails; the engine itself does nothing about it.',
  source: 'ByteLyst',
  levels: {},
  needs: ['containers'],
  find: (section) =>
    section.containers
      .filter(isUnhealthy)
      .flatMap(({ health, ...container }) => (health === null ? [] : [unhealthyOne({ health, ...container }, health, section)])),
});

function unhealthyOne(container: Container, health: Health, section: Containers): Found {
  const { name } = container;
  const last = health.probes?.at(-1);
  const least = health.failing_for_sec === null ? '' : `, for at least ${ageInWords(health.failing_for_sec)}`;
  return {
    subject: name,
    message: `${name} unhealthy: ${many(health.failing_streak, 'probe')} in a row ${howFailed(health)}, one every ${ageInWords(health.interval_sec)}${least}`,
    evidence: {
      asked: `health check: ${health.test}`,
      answered: last === undefined ? 'no probe of it can be read' : `exit ${last.exit_code}${last.output === '' ? '' : `, ${last.output}`}`,
      limit: 'exit 0',
    },
    next: logsOf(container),
    log: linesOf(container, section),
    follows: { rule: 'containers/restart-loop', subject: name },
  };
}

/** In the word for what people look for next: nobody listens, it is too slow, or anything else. */
function howFailed({ probes }: Health): string {
  const last = probes?.at(-1);
  if (last?.exit_code === -1) return 'timed out';
  return last !== undefined && /refused/i.test(last.output) ? 'refused' : 'failed';
}

function logsOf({ engine, name }: Container) {
  return onNode`${engine} logs --tail 50 ${name}`;
}

/** `exited, exit 3`. */
function stateIn({ state, ended }: Container): string {
  return ended === null ? state : `${state}, exit ${ended.exit_code}`;
}

/** ` 3 min ago`, or nothing. */
function agoIn({ ended }: Container): string {
  return ended?.ago_sec == null ? '' : ` ${ageInWords(ended.ago_sec)} ago`;
}

function linesOf({ id }: Container, { logs }: Containers): readonly string[] {
  return logs?.find((each) => each.id === id)?.lines ?? [];
}

const restartLoop = rule<Containers>()({
  name: 'restart-loop',
  severity: 'warning',
  about: 'A container ends and is started again, over and over: so many restarts within so many seconds.',
  source: 'our own, as for units',
  levels: { ...LOOP },
  needs: ['containers'],
  find: (section, levels) => {
    const recentOf = recently(section);
    return section.containers.flatMap((container): Found[] => {
      const { name, id, restarts, restart_policy } = container;
      const seen = loopSeen(container, recentOf(id), levels);
      if (seen === null) return [];
      return [
        {
          subject: name,
          message: `${name} restarts in a loop: ${seen}`,
          evidence: {
            asked: `${container.engine} inspect ${name}`,
            answered: `${stateIn(container)}, RestartCount ${restarts ?? '?'}, policy ${restart_policy ?? '?'}`,
            limit: `${levels.restarts} in ${ageInWords(levels.within_s)}`,
          },
          next: logsOf(container),
          log: linesOf(container, section),
          follows: { rule: 'containers/oom-killed', subject: name },
        },
      ];
    });
  },
});

const oomKilled = rule<Containers>()({
  name: 'oom-killed',
  severity: 'warning',
  about: 'The kernel killed a container, or a process in it, for lack of memory.',
  source: 'ByteLyst',
  levels: {},
  needs: ['containers'],
  find: (section) =>
    section.containers.filter(wasKilled).map((container) => {
      const { name, memory_limit_bytes: limit } = container;
      const had = limit === null ? 'the machine had no more' : `its limit is ${sizeInWords(limit)}`;
      return {
        subject: name,
        message: `${name} was killed for lack of memory${agoIn(container)}: ${had}`,
        evidence: {
          asked: `${container.engine} inspect ${name}`,
          answered: `OOMKilled, ${stateIn(container)}`,
          limit: limit === null ? '' : sizeInWords(limit),
        },
        next: logsOf(container),
        log: linesOf(container, section),
      };
    }),
});

const exited = rule<Containers>()({
  name: 'exited',
  severity: 'warning',
  about: 'A container that should be started again ended with an error and is not, or could not be started at all.',
  source: 'our own',
  levels: {},
  needs: ['containers'],
  find: (section) =>
    section.containers.filter(gaveUp).map((container) => {
      const { name, ended, restart_policy, restarts, state, error } = container;
      const why = (error ?? '') !== '' ? `: ${error}` : '';
      const sentence = `${name} ended with exit code ${ended?.exit_code ?? '?'}${agoIn(container)}, and its engine does not start it any more${why}`;
      return {
        subject: name,
        message: state === 'created' ? `${name} could not be started${why}` : sentence,
        evidence: {
          asked: `${container.engine} inspect ${name}`,
          answered: `${stateIn(container)}, RestartCount ${restarts ?? '?'}`,
          limit: `running, for its restart policy is ${restart_policy ?? '?'}`,
        },
        next: logsOf(container),
        log: linesOf(container, section),
        follows: { rule: 'containers/oom-killed', subject: name },
      };
    }),
});

/** What may be wrong with containers. */
export const rules: readonly Rule[] = [engineSilent, unhealthy, restartLoop, oomKilled, exited, ...limitRules];
