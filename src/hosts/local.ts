import { readFileSync } from 'node:fs';
import type { AnswerTo, Clock, Host, Kind, Question } from '../core/host.ts';
import type { Unknown } from '../core/unknown.ts';
import { failureOf } from './local/failure.ts';
import { list, read, readEach, stat, statfs } from './local/files.ts';
import { journal } from './local/journal.ts';
import { owners } from './local/owners.ts';
import { run } from './local/run.ts';
import { certificate, exchange, http, lookup } from './local/sockets.ts';
import { systemd } from './local/systemd/units.ts';

type Answers = { [K in Kind]: (question: Question<K>) => AnswerTo<K> | Unknown | Promise<AnswerTo<K> | Unknown> };

/** The machine that ward runs on. Each question has its own deadline and limit; what a question needs is loaded when it is asked. */
export function localHost(): Host {
  const { unit, units } = systemd();
  const answers: Answers = {
    read: ({ path }) => read(path),
    readEach: ({ pattern }) => readEach(pattern),
    list: ({ path }) => list(path),
    stat: ({ path }) => stat(path),
    statfs: ({ path }) => statfs(path),
    run: ({ program, words }) => run(program, words),
    http,
    exchange,
    lookup,
    certificate,
    unit: ({ name }) => unit(name),
    units: ({ state }) => units(state),
    journal: journal(),
    owners: ({ inodes }) => owners(inodes),
    clock,
    pause: ({ ms }) => new Promise((resolve) => setTimeout(() => resolve(ms), ms)),
  };
  return {
    async ask<K extends Kind>(kind: K, question: Question<K>): Promise<AnswerTo<K> | Unknown> {
      try {
        return await answers[kind](question);
      } catch (error) {
        return failureOf(error);
      }
    },
  };
}

function clock(): Clock {
  const [uptime = ''] = readFileSync('/proc/uptime', 'utf8').split(' ');
  return { unix_ms: Date.now(), uptime_s: Number(uptime), boot_id: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() };
}
