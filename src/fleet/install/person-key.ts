import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT, Refusal } from '../../core/refusal.ts';
import { ownKnownHosts } from '../ssh/own-places.ts';
import { sshProgram } from '../ssh/program.ts';

/** A public key and where it came from. */
export interface PersonKey {
  /** `ssh-ed25519 AAAA… name`. */
  text: string;
  file: string;
  /** The private one, by its usual name; null where it is not there, as with keys in an agent. */
  identity: string | null;
  made: boolean;
}

const SHAPE =
  /^(?:ssh-(?:ed25519|rsa)|ecdsa-sha2-nistp(?:256|384|521)|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com) [A-Za-z0-9+/]{60,}={0,2}(?: [\x20-\x7e]{0,200})?$/;

/** The key in this file; refuses with exit 3 what is no single public key. A private key is never read for its own sake, and never shown. */
export function keyIn(file: string): PersonKey {
  const text = textOf(file).trim();
  if (text.includes('PRIVATE KEY'))
    throw refused(file, 'it is a private key; ward installs public ones', `Name the public one: ${file}.pub`);
  if (!SHAPE.test(text))
    throw refused(file, 'it is not one public key of ssh, as `ssh-ed25519 AAAA… name`', 'Look at what it is: ssh-keygen -lf FILE');
  const identity = file.endsWith('.pub') ? file.slice(0, -4) : null;
  return { text, file, identity: identity !== null && existsSync(identity) ? identity : null, made: false };
}

/** The person's key: the usual one, else the first in ~/.ssh, else one of ward's own, which is made where `make` says so. Null where none is there and none is made. */
export function personKey(home: string, env: NodeJS.ProcessEnv, make: boolean): PersonKey | null {
  const folder = join(home, '.ssh');
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.pub'))
        .sort()
    : [];
  const first = ['id_ed25519.pub', ...names].find(
    (name) => names.includes(name) && SHAPE.test(readFileSync(join(folder, name), 'utf8').trim()),
  );
  if (first !== undefined) return keyIn(join(folder, first));
  const known = ownKnownHosts(env);
  if (known === null)
    throw new Refusal(EXIT.configuration, 'there is no key in ~/.ssh, and no folder for one: neither HOME nor XDG_STATE_HOME is set', {
      next: 'Name one: --key FILE',
    });
  const own = join(dirname(known), 'id_ed25519');
  if (existsSync(`${own}.pub`)) return keyIn(`${own}.pub`);
  return make ? made(own) : null;
}

function made(own: string): PersonKey {
  mkdirSync(dirname(own), { recursive: true, mode: 0o700 });
  execFileSync(sshProgram('ssh-keygen'), ['-q', '-t', 'ed25519', '-N', '', '-C', 'wardround', '-f', own], { stdio: 'ignore' });
  return { ...keyIn(`${own}.pub`), made: true };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw refused(file, code === 'ENOENT' ? 'there is no such file' : message, 'Name a public key of ssh: --key FILE');
  }
}

function refused(where: string, message: string, next: string): Refusal {
  return new Refusal(EXIT.configuration, message, { where, next });
}
