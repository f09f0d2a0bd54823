import type { AnswerTo, Host, Kind, Question } from '../../core/host.ts';
import { notAsked, Unknown } from '../../core/unknown.ts';
import { failureOf } from '../local/failure.ts';
import { journal } from '../local/journal.ts';
import { DEADLINES, type Left, MIB } from '../local/limits.ts';
import { steadyMs } from '../steady-ms.ts';
import { certificate } from './certificate.ts';
import { clock } from './clock.ts';
import type { Conversation } from './conversation.ts';
import { exchange } from './exchange.ts';
import { files } from './files.ts';
import { http } from './http.ts';
import { lookup } from './lookup.ts';
import { owners } from './owners.ts';
import { programs } from './programs.ts';
import { runThere } from './run.ts';
import type { Shell } from './shell.ts';
import { systemd } from './systemd.ts';
import { hello, type Tools, toolsIn } from './tools.ts';

type Answers = { [K in Kind]: (question: Question<K>) => AnswerTo<K> | Unknown | Promise<AnswerTo<K> | Unknown> };

/** What a program may print, each of its two outputs by itself. */
const MOST_OUTPUT = 8 * MIB;

/** What the host has, asked once. */
export function toolsOf(conversation: Conversation, ms?: number): () => Promise<Tools | Unknown> {
  let tools: Promise<Tools | Unknown> | null = null;
  return () => {
    tools ??= conversation.ask(hello(ms)).then(toolsIn);
    return tools;
  };
}

/** A machine behind one shell. Nothing is put on it and nothing is left there; each question has its own deadline, none later than `within_ms` from now. */
export function shellHost(conversation: Conversation, within_ms = Number.POSITIVE_INFINITY, tools = toolsOf(conversation)): Host {
  const end_ms = steadyMs() + within_ms;
  const left: Left = (ms) => Math.max(1, Math.round(Math.min(ms, end_ms - steadyMs())));
  const shell: Shell = { ask: (request) => conversation.ask(request), left, tools };
  const runs = async () => {
    const found = await tools();
    return found instanceof Unknown ? found : found.systemd;
  };
  const run = runThere(shell);
  const { read, readEach, list, stat, statfs } = files(shell);
  const { unit, units, timers } = systemd(run, left, runs);
  const ownersOf = owners(run, left);
  const programsOf = programs(run, left);
  const answers: Answers = {
    read: ({ path }) => read(path),
    readEach: ({ pattern }) => readEach(pattern),
    list: ({ path }) => list(path),
    stat: ({ path }) => stat(path),
    statfs: ({ path }) => statfs(path),
    run: ({ program, words }) => run(program, words, { ms: left(DEADLINES.command), bytes: MOST_OUTPUT }),
    http: http(shell),
    exchange: exchange(shell),
    lookup: lookup(shell),
    certificate: certificate(shell, run),
    unit: ({ name }) => unit(name),
    units: ({ state }) => units(state),
    timers,
    journal: journal(left, { run, runs }),
    owners: ({ inodes }) => ownersOf(inodes),
    programs: ({ pids }) => programsOf(pids),
    clock: () => clock(shell),
    pause: ({ ms }) => new Promise((resolve) => setTimeout(() => resolve(ms), ms)),
  };
  return {
    async ask<K extends Kind>(kind: K, question: Question<K>): Promise<AnswerTo<K> | Unknown> {
      try {
        if (hasNul(kind, question)) return notAsked('failed', 'a word with a NUL in it cannot be asked for through a shell');
        return await answers[kind](question);
      } catch (error) {
        return failureOf(error);
      }
    },
  };
}

/** Words for a program have a reason of their own. */
function hasNul(kind: Kind, question: object): boolean {
  return kind !== 'run' && Object.values(question).some((value) => typeof value === 'string' && value.includes('\0'));
}
