import { type Answer, type Ask, once, orNull } from '../../core/ask.ts';
import type { FileText } from '../../core/host.ts';
import { type AskedSection, when } from '../../core/section.ts';
import { absent, type Unknown } from '../../core/unknown.ts';
import { type Crontab, crontab } from './crontab.ts';
import { type History, historyIn } from './history.ts';
import { jobFields } from './job-fields.ts';
import type { Cron } from './section.ts';
import { timerRows } from './timer-rows.ts';
import { zoneInFile, zoneInRules } from './zone.ts';

const DAEMONS = ['cron.service', 'crond.service'];
const WEEK_S = 7 * 86_400;
const LINES = 100;

/** Jobs of crontabs and timers of systemd. Cron's log is read only where there are jobs, for it takes a process. */
export function collect(ask: Ask): AskedSection<Cron> {
  const etc = ask.read('/etc/crontab', (text) => crontab({ path: '/etc/crontab', text }, 'system'));
  const folder = ask.readEach('/etc/cron.d/*', (files) => merged(files, 'system'));
  const users = ['/var/spool/cron/crontabs/*', '/var/spool/cron/*'].map((pattern) =>
    ask.readEach(pattern, (files) => merged(files, 'user')),
  );
  const timers = ask.timers();
  const clock = ask.clock();
  const named = ask.read('/etc/timezone', zoneInFile);
  const ruled = ask.read('/etc/localtime', zoneInRules);

  const zone = () => orNull(named) ?? ruled();
  const system = once(() => both(orEmpty(etc), folder()));
  const own = once(() => both(...users.map((each) => each())));
  const history = historyOf(ask, [etc, folder, ...users]);
  const now_ms = () => clock().unix_ms;
  const facts = { zone, history, now_ms };

  return when<Cron>(() => isHere([etc, folder, ...users], timers), {
    zone: () => zone().name,
    jobs: () => system().entries.map((entry) => jobFields(entry, facts)),
    user_jobs: () => own().entries.map((entry) => jobFields(entry, facts)),
    bad_lines: () => both(system(), orNull(own) ?? NONE).bad,
    log_covers_sec: () => Math.max(0, Math.round(now_ms() / 1000 - history().from_s)),
    timers: timerRows(ask, timers, clock),
  });
}

const NONE: Crontab = { entries: [], bad: [] };

function merged(files: readonly FileText[], kind: 'system' | 'user'): Crontab {
  return both(...files.map((file) => crontab(file, kind)));
}

function both(...all: readonly Crontab[]): Crontab {
  return { entries: all.flatMap(({ entries }) => entries), bad: all.flatMap(({ bad }) => bad) };
}

/** A machine without this file has no jobs in it. */
function orEmpty(etc: Answer<Crontab>): Crontab {
  return orNull(etc) ?? NONE;
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
  const any = sources.some((source) => (orNull(source)?.entries.length ?? 0) > 0);
  if (any || (orNull(timers)?.length ?? 0) > 0) return true;
  for (const source of sources.slice(1)) source();
  timers();
  return absent('neither a crontab with a job nor a timer');
}
