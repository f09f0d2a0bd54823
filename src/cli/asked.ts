import { Writable } from 'node:stream';
import type { Io } from './io.ts';

/** What the person types to a question that has a line of its own; null where there is nobody to ask. */
export async function asked(io: Io, question: string): Promise<string | null> {
  if (!process.stdin.isTTY || !io.stderr.isTTY) return null;
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await lines.question(question, { signal: io.signal })).trim();
  } finally {
    lines.close();
  }
}

/** The same for what nobody else on the screen should read; also null where the person does not answer. */
export async function askedUnseen(io: Io, question: string): Promise<string | null> {
  if (!process.stdin.isTTY || !io.stderr.isTTY) return null;
  const { createInterface } = await import('node:readline/promises');
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  // The terminal gives us Ctrl+C as a key here.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const closed = new Promise<null>((resolve) => lines.once('close', () => resolve(null)));
  io.say(question);
  try {
    return await Promise.race([lines.question('', { signal: io.signal }).catch(() => null), closed]);
  } finally {
    lines.close();
    io.say('\n');
  }
}
