import { programPath } from '../../fleet/ssh/program.ts';
import { runSsh } from '../../fleet/ssh/run-ssh.ts';

/** What a program of the person's PATH prints. */
export interface Said {
  text: string;
  exit: number | null;
}

const LIMITS = { ms: 5000, bytes: 256 * 1024, signal: null };

/** Runs it with words; null where it is not installed or does not answer. */
export async function saidBy(name: string, words: readonly string[], env: NodeJS.ProcessEnv): Promise<Said | null> {
  const path = programPath(name, env);
  if (path === null) return null;
  const { stdout, stderr, exit, end } = await runSsh(path, words, { ...env, LC_ALL: 'C' }, LIMITS);
  return end === 'exit' ? { text: `${stdout.toString()}${stderr}`, exit } : null;
}
