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

const overdue = rule<Cron>()({
  name: 'overdue',
  severity: 'warning',
  about: 'A job should have run, and the log of cron, which reaches back beyond that, names no run of it; grace_s is for a slow start.',
  source: 'document 001: cron failures went unseen',
  levels: { grace_s: 300 },
  needs: ['jobs', 'log_covers_sec'],
  find: ({ jobs, user_jobs, log_covers_sec: covers }, { grace_s }) =>
    [...jobs, ...(user_jobs ?? [])]
      .filter(({ command }) => !/\brun-parts\b/.test(command))
      .filter(
        ({ due_sec, last_sec }) =>
          due_sec !== null && due_sec > grace_s && covers > due_sec + grace_s && (last_sec ?? Number.POSITIVE_INFINITY) > due_sec + grace_s,
      )
      .map((job) => ({
        subject: `${job.file}:${job.line}`,
        message: `${shortCommand(job)} did not run when it was due, ${ageInWords(job.due_sec ?? 0)} ago`,
        evidence: {
          asked: 'the log of cron',
          answered: job.last_sec === null ? `no run in ${ageInWords(covers)}` : `last run ${ageInWords(job.last_sec)} ago`,
          limit: `${job.schedule} as ${job.user}`,
        },
        next: onNode`systemctl status cron`,
      })),
});

/** The program's own name, for a sentence: `backup.sh` of `/usr/local/bin/backup.sh --all`. */
function shortCommand({ command }: Job): string {
  return command.split(/\s/, 1)[0]?.split('/').at(-1) || command;
}

/** What may be wrong with jobs. That a timer's unit failed is told by the units themselves. */
export const rules: readonly Rule[] = [badLine, overdue];
