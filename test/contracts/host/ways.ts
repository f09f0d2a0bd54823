import { expect } from 'vitest';
import type { AnswerTo, Host, Kind, Question } from '../../../src/core/host.ts';
import type { Unknown } from '../../../src/core/unknown.ts';
import { localHost } from '../../../src/hosts/local.ts';
import { recorder } from '../../../src/hosts/recorder.ts';
import { transcript } from '../../../src/hosts/transcript.ts';
import { SHELLS, throughShell } from './shells.ts';

/** One way to ask a machine: each must answer alike. `within_ms` bounds every question, as the rest of a report's time does. */
export interface Way {
  way: string;
  hostWithin(within_ms?: number): Host;
}

/** Every host that there is, asking this machine in the end. */
export const WAYS: readonly Way[] = [
  { way: 'this machine', hostWithin: localHost },
  { way: 'this machine through the recorder', hostWithin: (within_ms) => recorder(localHost(within_ms)).host },
  { way: 'its recording, replayed', hostWithin: (within_ms) => replayed(localHost(within_ms)) },
  ...SHELLS.map(({ name, words }) => ({ way: `this machine through one ${name}`, hostWithin: throughShell(words) })),
];

/** Asks the machine, and answers with what the recording of that says. */
function replayed(live: Host): Host {
  return {
    async ask<K extends Kind>(kind: K, question: Question<K>): Promise<AnswerTo<K> | Unknown> {
      const tape = recorder(live);
      await tape.host.ask(kind, question);
      const { host, missing } = transcript(tape.text('recorded by a test'));
      const answer = await host.ask(kind, question);
      expect(missing).toEqual([]);
      return answer;
    },
  };
}
