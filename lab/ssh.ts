import { stateFile } from './places.ts';
import type { Words } from './run.ts';
import type { LabHost } from './state.ts';

/** The words that log in to a host as root and run these there, each as it is. */
export function sshWords({ name }: LabHost, words: readonly string[], options: readonly string[] = []): Words {
  return ['ssh', '-F', stateFile('ssh_config'), ...options, name, ...(words.length === 0 ? [] : ['--', words.map(quoted).join(' ')])];
}

/** For questions that nobody sits in front of. */
export const UNATTENDED: readonly string[] = ['-n', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=5'];

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
