import { spawn } from 'node:child_process';
import { programPath } from '../fleet/ssh/program.ts';
import { BrokenPipe, printed } from './output.ts';

/** A program that shows text page by page. */
export interface Pager {
  program: string;
  words: readonly string[];
  env: NodeJS.ProcessEnv;
}

const LESS = ['less', '-FRX'];
/** Pages are for people who are root by sudo, too, but not the shell that a pager can start. */
const SECURE = { LESSSECURE: '1' };

/** WARD_PAGER, else PAGER, else less; null where the person wants none or it is not there. By sudo it is less without its shell, whatever is set. */
export function pagerOf(env: NodeJS.ProcessEnv): Pager | null {
  if (env['TERM'] === 'dumb') return null;
  const bySudo = env['SUDO_UID'] !== undefined;
  const wanted = bySudo ? undefined : (env['WARD_PAGER'] ?? env['PAGER']);
  const [name = '', ...words] = wanted === undefined ? LESS : wanted.split(/\s+/).filter((word) => word !== '');
  const program = name === '' || name === 'cat' ? null : programPath(name, env);
  // As others do it, so that less without words shows colours and leaves what it showed.
  return program === null ? null : { program, words, env: { LESS: 'FRX', LV: '-c', ...env, ...(bySudo ? SECURE : {}) } };
}

/** Whether the text needs more lines than the terminal has; not where nobody knows how many it has. */
export function isLong(text: string, rows: number | undefined): boolean {
  return rows !== undefined && rows > 0 && text.split('\n').length > rows;
}

/** Shows the text and waits until the person has seen enough. Who leaves before its end is a BrokenPipe; a pager that does not start costs nothing. */
export function paged(text: string, { program, words, env }: Pager, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ['pipe', 'inherit', 'inherit'], env });
    const end = () => void child.kill('SIGTERM');
    let left = false;
    signal.addEventListener('abort', end);
    child.stdin.on('error', () => {
      left = true;
    });
    child.on('error', () => void printed(text).then(resolve, reject));
    child.on('close', () => {
      signal.removeEventListener('abort', end);
      if (left) reject(new BrokenPipe());
      else resolve();
    });
    child.stdin.end(text);
  });
}
