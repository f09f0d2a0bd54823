import { VERSION } from '../../core/version.gen.ts';
import { listed } from '../../core/units.ts';
import type { Inventory } from '../../fleet/node-config.ts';
import { type Examined, ok, type Patient } from './examined.ts';
import { saidBy } from './said-by.ts';

/** Ward and the Node.js that runs it. */
export function examineNode(): Examined {
  return ok('node', `ward ${VERSION} runs on Node.js ${process.versions.node}, and needs 24`);
}

/** Host keys are asked with accept-new, which is as old as this. */
const SSH_LEAST = [7, 6] as const;
/** From this on a password reaches ssh without a terminal. */
const SSH_ASKPASS = [8, 4] as const;

/** The OpenSSH client, and whether it can do what the inventory asks. */
export async function examineSsh({ env }: Patient, { nodes }: Inventory): Promise<Examined> {
  const said = await saidBy('ssh', ['-V'], env);
  const check = 'ssh';
  const install = 'Install the OpenSSH client (Debian: apt-get install openssh-client)';
  if (said === null)
    return { check, state: 'problem', message: 'ssh is not installed, and other machines are asked through it', next: install };
  const [, name = '', major = '', minor = ''] = /^(OpenSSH_(\d+)\.(\d+)[^\s,]*)/m.exec(said.text) ?? [];
  if (name === '')
    return { check, state: 'unknown', message: `ssh does not say that it is OpenSSH: ${firstLine(said.text)}`, next: install };
  const older = ([high, low]: readonly [number, number]) => Number(major) < high || (Number(major) === high && Number(minor) < low);
  if (older(SSH_LEAST)) return { check, state: 'problem', message: `${name} is older than 7.6, which ward needs`, next: install };
  if (older(SSH_ASKPASS) && nodes.some(({ password }) => password !== null)) {
    const message = `${name} takes passwords only from 8.4 on, and the inventory has some`;
    return { check, state: 'problem', message, next: 'Use keys, which are better anyway, or a newer OpenSSH.' };
  }
  return ok(check, `${name} is there`);
}

/** Key exchanges that a quantum computer does not undo. */
const LASTING = /^(?:mlkem|sntrup)/;

/** How keys are exchanged: those that the inventory names must be there; one that lasts should be. */
export async function examineKeyExchange({ env }: Patient, { ssh }: Inventory): Promise<Examined> {
  const check = 'key exchange';
  const said = await saidBy('ssh', ['-Q', 'kex'], env);
  if (said?.exit !== 0) return { check, state: 'unknown', message: 'ssh does not list its key exchanges', next: '' };
  const there = said.text.split('\n').filter((line) => line !== '');
  const wanted = ssh.kex === null || /^[-+^]/.test(ssh.kex) ? [] : ssh.kex.split(',');
  const missing = wanted.filter((name) => !there.includes(name));
  if (wanted.length > 0 && missing.length === wanted.length) {
    const message = `ssh has none of the key exchanges that the inventory names: ${listed(missing)}`;
    return { check, state: 'problem', message, next: 'Leave ssh.kex out, or name some of: ssh -Q kex' };
  }
  const lasting = there.find((name) => LASTING.test(name));
  if (lasting !== undefined) return ok(check, `ssh offers ${lasting.replace(/@.*/, '')}, which a quantum computer does not undo`);
  const message = 'ssh has no key exchange that lasts: what is recorded today may be read one day';
  return { check, state: 'warning', message, next: 'Use OpenSSH 9.0 or newer here and on the machines.' };
}

/** Known holes of sudo that give everybody root: since a version, mended with one. */
const HOLES = [
  { name: 'CVE-2021-3156', from: '1.8.2', mended: '1.9.5p2' },
  { name: 'CVE-2025-32463', from: '1.9.14', mended: '1.9.17p1' },
] as const;

/** sudo, by which ward reads as root where it is not. */
export async function examineSudo({ env }: Patient): Promise<Examined> {
  const check = 'sudo';
  const said = await saidBy('sudo', ['-V'], env);
  if (said === null) return ok(check, 'sudo is not installed; ward needs it only for what root alone may read');
  const [, version] = /^Sudo version (\d[\w.]*)/m.exec(said.text) ?? [];
  if (version === undefined) return ok(check, `sudo is there: ${firstLine(said.text)}`);
  const hole = HOLES.find(({ from, mended }) => order(version, from) >= 0 && order(version, mended) < 0);
  if (hole === undefined) return ok(check, `sudo ${version} is there`);
  const message = `sudo ${version} gives everybody root (${hole.name}), unless your distribution has mended it`;
  return { check, state: 'warning', message, next: `Update sudo: ${hole.mended} has it mended, and so may a package of an older number.` };
}

/** By the numbers in them: `1.9.5p2` is before `1.9.14`. */
function order(a: string, b: string): number {
  const numbers = (version: string) => version.split(/\D+/).map(Number);
  const [left, right] = [numbers(a), numbers(b)];
  const at = [0, 1, 2, 3].find((index) => (left[index] ?? 0) !== (right[index] ?? 0)) ?? 0;
  return (left[at] ?? 0) - (right[at] ?? 0);
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
