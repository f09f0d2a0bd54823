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
