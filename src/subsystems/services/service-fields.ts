import { type Change, once, orNull } from '../../core/ask.ts';
import type { Clock, Unit } from '../../core/host.ts';
import type { Fields } from '../../core/section.ts';
import { absent } from '../../core/unknown.ts';
import type { Counters } from './counters.ts';
import { LOOP, loopSeen, type Restarting } from './restart-loop.ts';
import type { Restarts, Service } from './section.ts';
import { shortName } from './unit-name.ts';

/** What the fields of every unit are worked out from, beside the unit itself. */
export interface Facts {
  clock: () => Clock;
  /** Restarts since the last report. */
  recent: () => Restarts;
  cpu: () => Change<Counters>;
}

/** A unit's fields but why it is listed. */
export function serviceFields(name: string, unit: () => Unit, facts: Facts): Omit<Fields<Service>, 'watch'> {
  const since = once(() => activeSince(unit(), facts.clock));
  return {
    name: shortName(name),
    active_state: () => unit().active_state,
    sub_state: () => unit().sub_state,
    enabled: () => isEnabled(unit()),
    n_restarts: () => told(unit().n_restarts, 'restarts'),
    active_since_sec: since,
    memory_current_mb: () => Math.round(told(unit().memory_bytes, 'memory') / 2 ** 20),
    cpu_usage_nsec: () => told(unit().cpu_nsec, 'CPU time'),
    main_pid: () => told(unit().main_pid, 'main process'),
    restart_loop_risk: () => loopSeen(restarting(name, unit(), facts.clock), orNull(facts.recent), LOOP) !== null,
    load_state: () => unit().load_state,
    result: () => told(unit().result, 'result'),
    exit_status: () => told(unit().exit_status, 'exit status'),
    state_since_sec: () => ago(unit().state_change_us, facts.clock),
    cpu_pct: () => cpuPct(name, facts.cpu()),
  };
}

/** What tells whether it loops; throws where that depends on something unknown. */
export function restarting(name: string, unit: Unit, clock: () => Clock): Restarting {
  const { active_state, sub_state, n_restarts } = unit;
  const active_since_sec = active_state === 'active' && (n_restarts ?? 0) >= LOOP.restarts ? activeSince(unit, clock) : null;
  return { name: shortName(name), active_state, sub_state, n_restarts, active_since_sec };
}

function activeSince(unit: Unit, clock: () => Clock): number {
  if (unit.active_state !== 'active' && unit.active_state !== 'reloading') throw absent('it is not active');
  return ago(unit.active_enter_us, clock);
}

/** Whole seconds since then. */
export function ago(unix_us: number | null, clock: () => Clock): number {
  if (unix_us === null) throw absent('systemd notes no time');
  return Math.max(0, Math.floor(clock().unix_ms / 1000 - unix_us / 1e6));
}

function isEnabled({ unit_file_state: state, load_state }: Unit): boolean {
  if (state === '' && load_state !== 'not-found') throw absent('systemd does not say');
  return state === 'enabled' || state === 'enabled-runtime';
}

function told<T>(value: T | null, what: string): T {
  if (value === null) throw absent(`systemd notes no ${what}`);
  return value;
}

function cpuPct(name: string, { before, now, seconds }: Change<Counters>): number {
  const [earlier, later] = [before[name], now[name]];
  if (earlier === undefined || later === undefined) throw absent('systemd notes no CPU time');
  if (later < earlier) throw absent('it was started anew between two looks');
  return Math.round((later - earlier) / seconds / 1e6) / 10;
}
