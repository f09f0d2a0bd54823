import type { Ran, Timer, Unit } from '../../core/host.ts';
import { failed, Unknown } from '../../core/unknown.ts';
import { firstLine } from '../local/failure.ts';
import { inOneTurn } from '../local/in-one-turn.ts';
import { DEADLINES, type Left, MIB } from '../local/limits.ts';
import { NO_SYSTEMD } from '../local/systemd/here.ts';
import { UNIT_NAME, type Systemd } from '../local/systemd/units.ts';
import type { Run } from './run.ts';
import { numberIn, type Properties, propertiesIn, spanUs, timestampUs } from './systemd-text.ts';

const MOST_BYTES = 8 * MIB;
/** So that times are told with their microseconds and in one zone; systemd 248 and newer know it. */
const TIMES = '--timestamp=us+utc';
const TOO_OLD = /unrecognized option|Invalid value/i;

const UNIT_PROPERTIES =
  'Id,LoadState,ActiveState,SubState,UnitFileState,Result,NRestarts,ActiveEnterTimestamp,StateChangeTimestamp,MemoryCurrent,CPUUsageNSec,MainPID,ExecMainStatus';
const TIMER_PROPERTIES = 'Id,ActiveState,Unit,LastTriggerUSec,NextElapseUSecRealtime,NextElapseUSecMonotonic';

/** systemd asked through systemctl: all units of one turn by one process. */
export function systemd(run: Run, left: Left, runs: () => Promise<boolean | Unknown>): Systemd {
  const systemctl = async (words: readonly string[]): Promise<string | Unknown> => {
    const here = await runs();
    if (here instanceof Unknown) return here;
    if (!here) return NO_SYSTEMD;
    const ran = await run('systemctl', ['--no-pager', ...words], { ms: left(DEADLINES.systemd), bytes: MOST_BYTES });
    return outputOf(ran);
  };
  const show = async (words: readonly string[]): Promise<string | Unknown> => {
    const text = await systemctl(['show', TIMES, ...words]);
    if (!(text instanceof Unknown) || !TOO_OLD.test(text.reason)) return text;
    // In whole seconds, then, and in the one zone by the environment.
    return outputOf(
      await run('env', ['TZ=UTC', 'systemctl', '--no-pager', 'show', ...words], { ms: left(DEADLINES.systemd), bytes: MOST_BYTES }),
    );
  };
  const shown = inOneTurn(async (names: readonly string[]): Promise<Map<string, Unit> | Unknown> => {
    const text = await show(['-p', UNIT_PROPERTIES, '--', ...new Set(names)]);
    return text instanceof Unknown ? text : new Map(propertiesIn(text).map((each) => [each['Id'] ?? '', unitOf(each)]));
  });
  return {
    async unit(name) {
      if (!UNIT_NAME.test(name)) return failed('this is no name of a unit');
      const all = await shown(name);
      return all instanceof Unknown ? all : (all.get(name) ?? failed('systemd does not know this name'));
    },
    async units(state) {
      if (!/^[a-z-]{1,32}$/.test(state)) return failed('this is no state of a unit');
      const text = await systemctl(['list-units', '--all', '--plain', '--no-legend', '--full', `--state=${state}`]);
      return text instanceof Unknown
        ? text
        : text
            .split('\n')
            .flatMap((line) => line.split(' ', 1))
            .filter(Boolean)
            .sort();
    },
    async timers() {
      const text = await show(['--all', '-p', TIMER_PROPERTIES, '--', '*.timer']);
      return text instanceof Unknown
        ? text
        : propertiesIn(text)
            .map(timerOf)
            .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}

function outputOf(ran: Ran | Unknown): string | Unknown {
  if (ran instanceof Unknown) return ran;
  return ran.exit === 0 ? ran.stdout : failed(`systemctl ended with ${ran.exit}: ${firstLine(ran.stderr)}`);
}

function unitOf(of: Properties): Unit {
  const service = (of['Id'] ?? '').endsWith('.service');
  const figure = (name: string) => (service ? numberIn(of[name]) : null);
  return {
    load_state: of['LoadState'] ?? '',
    active_state: of['ActiveState'] ?? '',
    sub_state: of['SubState'] ?? '',
    unit_file_state: of['UnitFileState'] ?? '',
    result: service ? (of['Result'] ?? null) : null,
    n_restarts: figure('NRestarts'),
    active_enter_us: timestampUs(of['ActiveEnterTimestamp']),
    state_change_us: timestampUs(of['StateChangeTimestamp']),
    memory_bytes: figure('MemoryCurrent'),
    cpu_nsec: figure('CPUUsageNSec'),
    main_pid: figure('MainPID') || null,
    exit_status: figure('ExecMainStatus'),
  };
}

function timerOf(of: Properties): Timer {
  return {
    name: of['Id'] ?? '',
    active_state: of['ActiveState'] ?? '',
    starts: of['Unit'] ?? '',
    last_trigger_us: timestampUs(of['LastTriggerUSec']),
    next_calendar_us: timestampUs(of['NextElapseUSecRealtime']),
    next_uptime_us: spanUs(of['NextElapseUSecMonotonic']),
  };
}
