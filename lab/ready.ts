import { askedInside } from './inside.ts';
import { consoleOf } from './hosts.ts';
import { handshakes } from './mesh.ts';
import { ran, until } from './run.ts';
import { sshWords, UNATTENDED } from './ssh.ts';
import type { LabHost } from './state.ts';

const UNITS = ['ssh', 'cron', 'ufw', 'wg-quick@wg0', 'coredns', 'caddy', 'shop-api', 'shop-worker'];

/** Waits until all of a healthy host is there, each part on its own, so that what lacks has a name. */
export async function awaitReady(host: LabHost): Promise<void> {
  const { name, address } = host;
  const answers = (words: readonly string[], fits: (text: string) => boolean) => () => {
    const { exit, stdout } = askedInside(host, words);
    return exit === 0 && fits(stdout);
  };
  const onHost = (...words: string[]) => `npm run lab -- ssh ${name} ${words.join(' ')}`;
  await until(`${name} has started`, 90, answers(['systemctl', 'is-system-running'], (text) => text === 'running\n'), `${onHost('systemctl', '--failed')}, and ${consoleOf(host)}`);
  for (const unit of UNITS) {
    await until(`${unit} runs on ${name}`, 30, answers(['systemctl', 'is-active', unit], (text) => text === 'active\n'), onHost('journalctl', '-n', '30', '-u', unit));
  }
  await until(`ssh lets us in to ${name} (${address})`, 30, () => ran(sshWords(host, ['true'], UNATTENDED)).exit === 0, onHost('-v'));
  await until(`CoreDNS of ${name} answers`, 20, answers(['dig', '+short', '+time=1', '+tries=1', '@127.0.0.1', 'lab.test', 'SOA'], (text) => text.includes('lab.test.')), onHost('journalctl', '-u', 'coredns'));
  await until(`Caddy of ${name} answers`, 20, answers(WEB, (text) => text === 'ok'), onHost('journalctl', '-u', 'caddy'));
  await until(`the shop of ${name} answers`, 20, answers(['curl', '-sS', '-m', '2', 'http://127.0.0.1:8080/'], (text) => text === 'ok\n'), onHost('journalctl', '-u', 'shop-api'));
}

const WEB = ['curl', '-sS', '-m', '2', '--resolve', 'www.lab.test:443:127.0.0.1', 'https://www.lab.test/'];

/** Waits until each host of the mesh has shaken hands with every other one lately. */
export async function awaitMesh(hosts: readonly LabHost[]): Promise<void> {
  for (const host of hosts) {
    const whole = () => handshakes(host).filter(({ age_s }) => age_s !== null && age_s < 180).length === hosts.length - 1;
    await until(`${host.name} has shaken hands with every other host`, 60, whole, `npm run lab -- ssh ${host.name} wg show`);
  }
}
