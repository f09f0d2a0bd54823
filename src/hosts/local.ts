import type { AnswerTo, Host, Kind, Question } from '../core/host.ts';
import { notAsked, type Unknown } from '../core/unknown.ts';
import { certificates } from './local/certificate.ts';
import { clock } from './local/clock.ts';
import { exchange } from './local/exchange.ts';
import { failureOf } from './local/failure.ts';
import { farFiles } from './local/far-files.ts';
import { list, read, readEach, stat, statfs } from './local/files.ts';
import { http } from './local/http.ts';
import { journal } from './local/journal.ts';
import { DEADLINES, type Left, MIB } from './local/limits.ts';
import { lookup } from './local/lookup.ts';
import { hangingPaths } from './local/mounts.ts';
import { owners } from './local/owners.ts';
import { programs } from './local/programs.ts';
import { run } from './local/run.ts';
import { nothingSeen, type Seen } from './local/seen.ts';
import { type LastingBus, systemd } from './local/systemd/units.ts';
import { steadyMs } from './steady-ms.ts';

type Answers = { [K in Kind]: (question: Question<K>) => AnswerTo<K> | Unknown | Promise<AnswerTo<K> | Unknown> };

/** What a program may print, each of its two outputs by itself. */
const MOST_OUTPUT = 8 * MIB;

/**
 * The machine that ward runs on. Each question has its own deadline, none later than `within_ms` from now, and its own limit on the answer;
 * what a question needs is loaded when it is asked. In `seen` it finds and keeps what saves it the dearest looks; `bus` is for whoever looks again and again.
 */
export function localHost(within_ms = Number.POSITIVE_INFINITY, seen: Seen = nothingSeen(), bus: LastingBus | null = null): Host {
  const end_ms = steadyMs() + within_ms;
  const left: Left = (ms) => Math.max(1, Math.round(Math.min(ms, end_ms - steadyMs())));
  const far = farFiles(left);
  const { unit, units, timers } = systemd(left, bus);
  const certificate = certificates(undefined, seen.verdicts);
  const mayHang = hangingPaths();
  const ownersOf = owners(left, seen.holders);
  const answers: Answers = {
    read: ({ path }) => (mayHang(path) ? far.read(path) : read(path)),
    readEach: ({ pattern }) =>
      mayHang(fixedPart(pattern)) ? notAsked('failed', 'it lies on a file system that may never answer') : readEach(pattern),
    list: ({ path }) => (mayHang(path) ? far.list(path) : list(path)),
    stat: ({ path }) => (mayHang(path) ? far.stat(path) : stat(path)),
    statfs: ({ path }) => (mayHang(path) ? far.statfs(path) : statfs(path)),
    run: ({ program, words }) => run(program, words, { ms: left(DEADLINES.command), bytes: MOST_OUTPUT }),
    http: (question) => http(question, left(DEADLINES.http)),
    exchange: (question) => exchange(question, left(DEADLINES.exchange)),
    lookup: (question) => lookup(question, left(DEADLINES.lookup)),
    certificate: (question) => certificate(question, left(DEADLINES.certificate)),
    unit: ({ name }) => unit(name),
    units: ({ state }) => units(state),
    timers,
    journal: journal(left),
    owners: ({ inodes }) => ownersOf(inodes),
    programs: ({ pids }) => programs(pids),
    clock,
    pause: ({ ms }) => new Promise((resolve) => setTimeout(() => resolve(ms), ms)),
  };
  let othersLeft: Promise<void> | null = null;
  return {
    async ask<K extends Kind>(kind: K, question: Question<K>): Promise<AnswerTo<K> | Unknown> {
      try {
        // While these are answered nothing else happens; so first whatever has to be waited for goes out.
        othersLeft ??= new Promise((resolve) => setImmediate(resolve));
        if (AT_ONCE.has(kind)) await othersLeft;
        return await answers[kind](question);
      } catch (error) {
        return failureOf(error);
      }
    },
  };
}

/** Kinds that are answered without any waiting. */
const AT_ONCE: ReadonlySet<Kind> = new Set(['read', 'readEach', 'list', 'stat', 'statfs', 'clock']);

/** The folder in which a pattern's first `*` is looked for. */
function fixedPart(pattern: string): string {
  const [before = ''] = pattern.split('*', 1);
  return before.slice(0, before.lastIndexOf('/') + 1);
}
