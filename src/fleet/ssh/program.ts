import { accessSync, constants } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { EXIT, Refusal } from '../../core/refusal.ts';

const USUAL = ['/usr/bin', '/usr/local/bin', '/bin'];

/** The absolute path of an OpenSSH program: the first in the person's PATH, else where systems have it. Refuses where there is none. */
export function sshProgram(name: 'ssh' | 'ssh-keygen', env: NodeJS.ProcessEnv = process.env): string {
  const found = programPath(name, env);
  if (found !== null) return found;
  throw new Refusal(EXIT.configuration, `${name} is not installed on this machine, and other machines are asked through it`, {
    next: 'Install the OpenSSH client (Debian: apt-get install openssh-client)',
  });
}

/** The absolute path of any program, found in the same way; null where it is not there. */
export function programPath(name: string, env: NodeJS.ProcessEnv): string | null {
  if (isAbsolute(name)) return executable(name) ? name : null;
  const folders = [...(env['PATH'] ?? '').split(':').filter(isAbsolute), ...USUAL];
  return folders.map((folder) => join(folder, name)).find(executable) ?? null;
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
