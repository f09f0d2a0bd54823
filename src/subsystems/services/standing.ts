import { onceFor } from '../../core/once-for.ts';
import type { Role } from '../../core/view.ts';
import { loopSeen } from './restart-loop.ts';
import type { FailedUnit, Service, Services } from './section.ts';
import { shortName } from './unit-name.ts';

/** How a unit stands on one node, for people. */
export interface Standing {
  name: string;
  /** active, starting, restarts 6×, failed, inactive, ?, – */
  word: string;
  role: Role;
  /** Whether it counts as one that should run, and whether it does; an unread one counts as neither. */
  counts: boolean;
  active: boolean;
  /** Null for a failed unit that is listed only because it failed. */
  service: Service | null;
  failed: FailedUnit | null;
}

/** Every unit that the section tells of, each once: those somebody named, those that start with the machine, other failed ones. */
export const standings = onceFor((section: Services): readonly Standing[] => {
  const listed = [...(section.services ?? []), ...(section.others ?? [])];
  const names = new Set(listed.map(({ name }) => name));
  const failed =
    section.failed ??
    (section.failed_units ?? []).map(
      (name): FailedUnit => ({ name: shortName(name), result: null, exit_status: null, since_sec: null, log: null }),
    );
  const detail = (name: string) => failed.find((each) => each.name === name) ?? null;
  return [
    ...listed.map((service) => ({ name: service.name, ...wordFor(service, section), service, failed: detail(service.name) })),
    ...failed
      .filter(({ name }) => !names.has(name))
      .map(
        (each): Standing => ({
          name: each.name,
          word: 'failed',
          role: 'hot-warn',
          counts: true,
          active: false,
          service: null,
          failed: each,
        }),
      ),
  ];
});

type Word = Pick<Standing, 'word' | 'role' | 'counts' | 'active'>;

function wordFor(service: Service, section: Services): Word {
  const { active_state: state, watch } = service;
  if (state === null) return { word: '?', role: 'muted', counts: false, active: false };
  if (state === 'failed') return wrong('failed', watch === 'enabled' ? 'hot-warn' : 'hot-crit');
  if (loops(service, section)) return wrong(restartsWord(service, section), 'hot-warn');
  if (state === 'active' || state === 'reloading') return { word: 'active', role: 'ok', counts: true, active: true };
  if (mayRest(service)) return { word: '–', role: 'faint', counts: false, active: false };
  return onItsWay(service) ?? wrong(service.load_state === 'not-found' ? 'missing' : state, 'hot-warn');
}

/** How long a unit may take to start or stop before that is worth a word. */
export const SETTLE_S = 60;

const ON_ITS_WAY: Readonly<Record<string, string>> = { activating: 'starting', deactivating: 'stopping' };

function onItsWay({ active_state, state_since_sec }: Service): Word | null {
  const word = ON_ITS_WAY[active_state ?? ''];
  return word === undefined ? null : wrong(word, (state_since_sec ?? 0) > SETTLE_S ? 'hot-warn' : 'plain');
}

function wrong(word: string, role: Role): Word {
  return { word, role, counts: true, active: false };
}

/** Whether it restarts in a loop: by the section's own judgement, or as a report of the original program tells. */
function loops(service: Service, section: Services): boolean {
  return loopSeen(service, section.restarts_recent) !== null || (service.restart_loop_risk === true && section.failed === null);
}

function restartsWord({ name, n_restarts }: Service, { restarts_recent }: Services): string {
  const recent = restarts_recent?.units.find((each) => each.name === name)?.count;
  return `restarts ${recent ?? n_restarts ?? '?'}×`;
}

/** Nobody misses it: it is not installed or off where it need not run, or it did its work and ended. */
export function mayRest({ active_state, enabled, load_state, watch }: Service): boolean {
  if (watch === 'required' || active_state !== 'inactive') return false;
  return watch === 'enabled' || load_state === 'not-found' || enabled !== true;
}
