import type { FileText } from '../../core/host.ts';
import { scrubbed } from '../../core/scrub.ts';
import type { BadLine } from './section.ts';
import { type Schedule, scheduleOf, WORDS } from './schedule.ts';

/** A line that runs something. */
export interface Entry {
  file: string;
  line: number;
  user: string;
  schedule: string;
  /** Or why it has no moments that one can tell. */
  runs: Schedule | string;
  /** Without secrets. */
  command: string;
  /** From `CRON_TZ` before it; null where the machine's own zone holds. */
  zone: string | null;
}

export interface Crontab {
  entries: Entry[];
  bad: BadLine[];
}

const LENGTH = 300;
const SETTING = /^\s*(?:[A-Za-z_]\w*|"[^"]*"|'[^']*')\s*=\s*(.*)$/;
/** What distributions put before their own jobs: under systemd, which has timers of its own for them, nothing comes after it. */
const RESTS_UNDER_SYSTEMD = /^(?:test|\[) -[de] \/run\/systemd\/system\b/;

/** A crontab with a user in each line, as `/etc/crontab` is, or of the user after whom the file is named. */
export function crontab({ path, text }: FileText, kind: 'system' | 'user'): Crontab {
  const found: Crontab = { entries: [], bad: [] };
  let zone: string | null = null;
  for (const [at, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const setting = SETTING.exec(line);
    if (setting === null) add(found, { path, line: at + 1, text: line, zone, kind });
    else if (line.startsWith('CRON_TZ')) zone = (setting[1] ?? '').replaceAll(/["']/g, '').trim() || null;
  }
  return found;
}

interface Line {
  path: string;
  line: number;
  text: string;
  zone: string | null;
  kind: 'system' | 'user';
}

const AT_WORD = /^(@\w+)\s+(\S.*)$/;
/** SUSE's cron takes a dash before the minute as "not into the log". */
const FIVE = /^-?(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(\S.*)$/;

function add(found: Crontab, { path, line, text, zone, kind }: Line): void {
  try {
    const [, schedule, rest] = (text.startsWith('@') ? AT_WORD : FIVE).exec(text) ?? [];
    if (schedule === undefined || rest === undefined) throw new Error('it lacks a field');
    const { user, command } = kind === 'system' ? withUser(rest) : { user: path.split('/').at(-1) ?? '', command: rest };
    const entry = {
      file: path,
      line,
      user,
      schedule: schedule.replace(/\s+/g, ' '),
      runs: runsOf(schedule),
      command: shownCommand(command),
      zone,
    };
    if (!RESTS_UNDER_SYSTEMD.test(command)) found.entries.push(entry);
  } catch (error) {
    found.bad.push({ file: path, line, text: scrubbed(text).slice(0, LENGTH), reason: (error as Error).message });
  }
}

function withUser(rest: string): { user: string; command: string } {
  const [, user, command] = /^([^\s/]+)\s+(\S.*)$/.exec(rest) ?? [];
  if (user === undefined || command === undefined) throw new Error('there is no user before the command');
  return { user, command };
}

/** After the first `%` comes what the command gets as input. */
function shownCommand(command: string): string {
  return scrubbed(command.split(/(?<!\\)%/, 1)[0]?.trim() ?? '').slice(0, LENGTH);
}

function runsOf(schedule: string): Schedule | string {
  if (schedule === '@reboot') return 'it runs when the machine starts';
  if (schedule.includes('~')) return 'cron itself chooses the moment';
  if (schedule.startsWith('@') && WORDS[schedule] === undefined) throw new Error(`"${schedule.slice(0, 40)}" is no word for a schedule`);
  return scheduleOf(schedule);
}
