import { accessSync, constants } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { EXIT, Refusal } from '../../core/refusal.ts';

const USUAL = ['/usr/bin', '/usr/local/bin', '/bin'];

/** The absolute path of an OpenSSH program: the first in the person's PATH, else where systems have it. Refuses where there is none. */
export function sshProgram(name: 'ssh' | 'ssh-keygen', env: NodeJS.ProcessEnv = process.env): string {
  const folders = [...(env['PATH'] ?? '').split(':').filter(isAbsolute), ...USUAL];
  const found = folders.map((folder) => join(folder, name)).find(executable);
  if (found !== undefined) return found;
  throw new Refusal(EXIT.configuration, `${name} is not installed on this machine, and other machines are asked through it`, {
    next: 'Install the OpenSSH client (Debian: apt-get install openssh-client)',
  });
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
