import { existsSync } from 'node:fs';
import { afterAll } from 'vitest';
import type { Host } from '../../../src/core/host.ts';
import { programChannel } from '../../../src/hosts/shell/channel.ts';
import { Conversation } from '../../../src/hosts/shell/conversation.ts';
import { shellHost } from '../../../src/hosts/shell/host.ts';
import { startWords } from '../../../src/hosts/shell/program.ts';

/** A shell that a host may have as its /bin/sh. */
export interface Sh {
  name: string;
  words: readonly string[];
}

/** All that are held to the contract where they are there. */
export const ALL: readonly Sh[] = [
  { name: 'dash', words: ['/bin/dash'] },
  { name: 'bash', words: ['/bin/bash', '--posix'] },
  { name: 'busybox sh', words: ['/bin/busybox', 'sh'] },
];

/** Those that this machine has. */
export const SHELLS = ALL.filter(({ words: [program = ''] }) => existsSync(program));

const NOBODY = 65_534;

const open = new Set<Conversation>();
afterAll(() => {
  for (const talk of open) talk.end();
});

/** This machine through one shell. A second one runs as the user without rights for as long as a test of root's is that user. */
export function throughShell(words: readonly string[]): (within_ms?: number) => Host {
  return (within_ms) => {
    const host = shellHost(shellOf(words), within_ms);
    if (process.getuid?.() !== 0 || within_ms !== undefined) return host;
    const other = shellHost(shellOf(words, NOBODY), within_ms);
    // Only root can start it.
    void other.ask('clock', {});
    return { ask: (kind, question) => (process.geteuid?.() === NOBODY ? other : host).ask(kind, question) };
  };
}

/** A talk with such a shell, started when it is first asked; it ends with the tests of the file. */
function shellOf(words: readonly string[], uid?: number): Conversation {
  const [program = '', ...rest] = startWords(words);
  const talk = new Conversation(programChannel(program, rest, uid === undefined ? {} : { uid }));
  open.add(talk);
  return talk;
}
