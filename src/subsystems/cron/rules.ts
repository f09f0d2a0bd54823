import { onNode } from '../../core/command.ts';
import { type Rule, rule } from '../../core/rule.ts';
import { ageInWords } from '../../core/units.ts';
import type { Cron, Job } from './section.ts';

const badLine = rule<Cron>()({
  name: 'bad-line',
  severity: 'warning',
  about: 'A line of a crontab that cron cannot follow, so what stands there never runs; some crons then leave out the whole file.',
  source: 'our own',
  levels: {},
  needs: ['bad_lines'],
  find: ({ bad_lines }) =>
    bad_lines.map(({ file, line, text, reason }) => ({
      subject: `${file}:${line}`,
      message: `${file}, line ${line} cannot be followed by cron: ${reason}`,
      evidence: { asked: file, answered: text, limit: 'five fields, a user in files of the system, and a command' },
      next: onNode`sed -n ${`${line}p`} ${file}`,
    })),
});

/** Cron's clock goes by minutes. */
const MINUTE_S = 60;

const overdue = rule<Cron>()({
  name: 'overdue',
  severity: 'warning',
  about: 'A job should have run more than five minutes ago, and the log of cron, which reaches back beyond that, names no run of it.',
  source: 'ByteLyst: failures of cron went unseen',
  levels: {},
  needs: ['jobs', 'log_covers_sec'],
  find: ({ jobs, user_jobs, log_covers_sec: covers }) =>
    [...jobs, ...(user_jobs ?? [])]
      .filter((job) => isOverdue(job, covers))
      .map((job) => ({
        subject: `${job.file}:${job.line}`,
        message: `${shortCommand(job)} did not run when it was due, ${ageInWords(job.due_sec ?? 0)} ago`,
        evidence: {
          asked: 'the log of cron',
          answered: job.last_sec === null ? `no run in ${ageInWords(covers)}` : `last run ${ageInWords(job.last_sec)} ago`,
          limit: `${job.schedule} as ${job.user}`,
        },
        next: onNode`journalctl -t cron -t crond -n 50`,
      })),
});

function isOverdue({ command, due_sec, last_sec }: Job, covers: number): boolean {
  if (due_sec === null || /\brun-parts\b/.test(command)) return false;
  return covers > due_sec + MINUTE_S && (last_sec === null || last_sec > due_sec + MINUTE_S);
}

/** The program's own name, for a sentence: `backup.sh` of `/usr/local/bin/backup.sh --all`. */
function shortCommand({ command }: Job): string {
  return command.split(/\s/, 1)[0]?.split('/').at(-1) || command;
}

/** What may be wrong with jobs. That a timer's unit failed is told by the units themselves. */
export const rules: readonly Rule[] = [badLine, overdue];
