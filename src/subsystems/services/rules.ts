import { onNode } from '../../core/command.ts';
import { type Found, type Rule, rule } from '../../core/rule.ts';
import { ageInWords } from '../../core/units.ts';
import { LOOP, loopSeen } from './restart-loop.ts';
import { endedBy } from './result.ts';
import type { Service, Services } from './section.ts';
import { mayRest, SETTLE_S, type Standing, standings } from './standing.ts';

const failed = rule<Services>()({
  name: 'failed',
  severity: 'critical',
  about: 'A unit failed and is not tried again: critical for one that the profile or the node names, a warning for any other.',
  source: 'Orama',
  levels: {},
  needs: [],
  find: (section) =>
    standings(section)
      .filter(({ word }) => word === 'failed')
      .map(failure),
});

function failure({ name, service, failed: detail }: Standing): Found {
  const known = detail ?? service;
  const result = known?.result ?? 'not known';
  return {
    subject: name,
    severity: isExpected(service) ? 'critical' : 'warning',
    message: `${name} failed${ago(detail?.since_sec ?? service?.state_since_sec)}${endedBy(known)}`,
    evidence: { asked: `systemd, unit ${name}`, answered: `failed, result ${result}`, limit: 'active' },
    next: onNode`journalctl -u ${name} -n 50`,
    log: detail?.log ?? [],
    ...explained(name),
  };
}

function ago(seconds: number | null | undefined): string {
  return seconds === null || seconds === undefined ? '' : ` ${ageInWords(seconds)} ago`;
}

/** Whether somebody named it: the profile, or the node's own file. */
function isExpected(service: Service | null): boolean {
  return service !== null && service.watch !== 'enabled';
}

const notActive = rule<Services>()({
  name: 'not-active',
  severity: 'warning',
  about: 'A unit that should run does not, or takes longer than settle_s to start or stop.',
  source: 'Orama',
  levels: { settle_s: SETTLE_S },
  needs: ['services'],
  find: (section, { settle_s }) =>
    section.services
      .filter((service) => !['active', 'failed', null].includes(service.active_state) && service.load_state !== 'not-found')
      .filter((service) => !mayRest(service) && loopSeen(service, section.restarts_recent) === null)
      .filter(({ active_state, state_since_sec }) => active_state === 'inactive' || (state_since_sec ?? 0) > settle_s)
      .map((service) => ({
        subject: service.name,
        message: `${service.name} ${says(service)}${service.state_since_sec === null ? '' : ` for ${ageInWords(service.state_since_sec)}`}`,
        evidence: {
          asked: `systemd, unit ${service.name}`,
          answered: `${service.active_state} (${service.sub_state ?? '?'}), ${service.load_state ?? '?'}, ${service.enabled === true ? 'enabled' : 'not enabled'}`,
          limit: `active, or on its way for ${settle_s} s at most`,
        },
        next: onNode`systemctl status ${service.name}`,
        ...explained(service.name),
      })),
});

function says({ active_state: state, load_state }: Service): string {
  if (state === 'activating') return 'has been starting';
  if (state === 'deactivating') return 'has been stopping';
  if (state === 'reloading') return 'has been reloading';
  return load_state === 'masked' ? 'is masked, so it cannot start; it has been inactive' : `has been ${state}`;
}

const missing = rule<Services>()({
  name: 'missing',
  severity: 'warning',
  about: 'A unit that this node should have is not installed.',
  source: 'our own',
  levels: {},
  needs: ['services'],
  find: ({ services }) =>
    services
      .filter(({ load_state, watch }) => load_state === 'not-found' && watch === 'required')
      .map(({ name }) => ({
        subject: name,
        message: `${name} is not installed, but this node should run it`,
        evidence: { asked: `systemd, unit ${name}`, answered: 'not-found', limit: 'active' },
        next: onNode`systemctl list-unit-files ${`${name}*`}`,
      })),
});

const restartLoop = rule<Services>()({
  name: 'restart-loop',
  severity: 'warning',
  about: 'A unit ends and is started again, over and over: so many restarts within so many seconds.',
  source: 'Orama; by the rate, not by the total',
  levels: { ...LOOP },
  needs: ['services'],
  find: (section, levels) =>
    [...section.services, ...(section.others ?? [])].flatMap((service): Found[] => {
      const seen = loopSeen(service, section.restarts_recent, levels) ?? told(service, section);
      if (seen === null) return [];
      const { name, n_restarts, active_state, sub_state } = service;
      return [
        {
          subject: name,
          message: `${name} restarts in a loop: ${seen}`,
          evidence: {
            asked: `systemd, unit ${name}`,
            answered: `NRestarts ${n_restarts ?? '?'}, ${active_state ?? '?'} (${sub_state ?? '?'}), result ${service.result ?? '?'}`,
            limit: `${levels.restarts} in ${ageInWords(levels.within_s)}`,
          },
          next: onNode`journalctl -u ${name} -n 50`,
          log: section.looping?.find((each) => each.name === name)?.log ?? [],
        },
      ];
    }),
});

/** What the original program judged: its reports bring no failed units with details. */
function told({ restart_loop_risk, n_restarts }: Service, { failed: details }: Services): string | null {
  return details === null && restart_loop_risk === true ? `${n_restarts ?? '?'} times in all` : null;
}

/** Where another subsystem tells the same more closely, this follows from that. */
function explained(name: string): Pick<Found, 'follows'> {
  if (name === 'coredns' || name === 'caddy') return { follows: { rule: `dns/${name}-down`, subject: name } };
  const tunnel = /^wg-quick@(.+)$/.exec(name)?.[1];
  return tunnel === undefined ? {} : { follows: { rule: 'wireguard/interface-down', subject: tunnel } };
}

/** What may be wrong with units. */
export const rules: readonly Rule[] = [failed, notActive, missing, restartLoop];
