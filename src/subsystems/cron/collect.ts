import { type Answer, type Ask, once, orNull } from '../../core/ask.ts';
import { anySign } from '../../core/presence.ts';
import { type AskedSection, when } from '../../core/section.ts';
import { absent, type Unknown } from '../../core/unknown.ts';
import type { Crontab } from './crontab.ts';
import { type History, historyIn } from './history.ts';
import { jobFields } from './job-fields.ts';
import type { Cron } from './section.ts';
import { folderOf, merged, systemFile } from './sources.ts';
import { timerRows } from './timer-rows.ts';
import { zoneInFile, zoneInRules } from './zone.ts';

/** Debian's, SUSE's, Red Hat's; the last holds the others. */
const USERS = ['/var/spool/cron/crontabs', '/var/spool/cron/tabs', '/var/spool/cron'];
const DAEMONS = ['cron.service', 'crond.service'];
const WEEK_S = 7 * 86_400;
const LINES = 100;

/** Jobs of crontabs and timers of systemd. Cron's log is read only where there are jobs, for it takes a process. */
export function collect(ask: Ask): AskedSection<Cron> {
  const etc = systemFile(ask);
  const folder = folderOf(ask, '/etc/cron.d', 'system');
  const users = USERS.map((path) => folderOf(ask, path, 'user'));
  const timers = ask.timers();
  const clock = ask.clock();
  const named = ask.read('/etc/timezone', zoneInFile);
  const ruled = ask.read('/etc/localtime', zoneInRules);

  const zone = () => orNull(named) ?? ruled();
  const system = once(() => merged([etc(), folder()]));
  const own = once(() => merged(users.map((each) => each())));
  const history = historyOf(ask, [etc, folder, ...users]);
  const now_ms = () => clock().unix_ms;
  const facts = { zone, history, now_ms };

  return when<Cron>(() => isHere([etc, folder, ...users], timers), {
    zone: () => zone().name,
    jobs: () => system().entries.map((entry) => jobFields(entry, facts)),
    user_jobs: () => own().entries.map((entry) => jobFields(entry, facts)),
    bad_lines: () => merged([system(), ...users.flatMap((each) => orNull(each) ?? [])]).bad,
    log_covers_sec: () => Math.max(0, Math.round(now_ms() / 1000 - history().from_s)),
    timers: timerRows(ask, timers, clock),
  });
}

/** The daemon's log, where there is a job that is not the distribution's own call of a folder. */
function historyOf(ask: Ask, sources: readonly Answer<Crontab>[]): Answer<History> {
  const any = ask.all(sources, () => {
    const entries = sources.flatMap((source) => orNull(source)?.entries ?? []);
    if (!entries.some(({ command }) => !/\brun-parts\b/.test(command))) throw absent('there is no job whose runs are looked for');
  });
  const units = ask.after(any, () => {
    const asked = DAEMONS.map((name) => ({ name, unit: ask.unit(name) }));
    return ask.all(
      asked.map(({ unit }) => unit),
      () => asked.find(({ unit }) => orNull(unit)?.load_state === 'loaded')?.name ?? noDaemon(),
    );
  });
  const lines = ask.after(units, (name) => ask.journal(name, WEEK_S, LINES));
  return ask.all([lines], () => (lines().length === 0 ? silent() : historyIn(lines())));
}

function noDaemon(): never {
  throw absent('no cron daemon is a unit of systemd here');
}

function silent(): never {
  throw absent('cron wrote nothing into the journal this week');
}

function isHere(sources: readonly Answer<Crontab>[], timers: Answer<readonly unknown[]>): boolean | Unknown {
  return anySign(
    [...sources.map((source) => () => source().entries.length > 0), () => timers().length > 0],
    'neither a crontab with a job nor a timer',
  );
}
