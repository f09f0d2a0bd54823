import type { JournalLine } from '../../core/host.ts';

/** When each command last ran, by cron's own log. */
export interface History {
  /** Unix seconds of the oldest line read. */
  from_s: number;
  runs: readonly { user: string; command: string; at_s: number }[];
}

/** `(root) CMD (/usr/local/bin/backup)`, and what else cron writes. */
const RUN = /^(?:CRON\[\d+\]: )?\(([^)]+)\) CMD \((.*)\)$/s;

/** What cron's log says of its runs, newest first. */
export function historyIn(lines: readonly JournalLine[]): History {
  const runs = lines.flatMap(({ at_s, text }) => {
    const [, user, command] = RUN.exec(text.trim()) ?? [];
    return user === undefined || command === undefined ? [] : [{ user, command: command.trim(), at_s }];
  });
  return { from_s: Math.min(...lines.map(({ at_s }) => at_s)), runs: runs.reverse() };
}

/** Unix seconds of the last run of a command; null if the log names none. Long commands are cut in the log, and here. */
export function lastRunOf(user: string, command: string, { runs }: History): number | null {
  const found = runs.find(
    (run) => run.user === user && (run.command.startsWith(command) || (run.command.length > 100 && command.startsWith(run.command))),
  );
  return found?.at_s ?? null;
}
