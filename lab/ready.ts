import { consoleOf } from './hosts.ts';
import { askedInside } from './inside.ts';
import { handshakes } from './mesh.ts';
import { ran, until } from './run.ts';
import { sshWords, UNATTENDED } from './ssh.ts';
import type { LabHost } from './state.ts';

const UNITS = ['ssh', 'cron', 'ufw', 'wg-quick@wg0', 'coredns', 'caddy', 'shop-api', 'shop-worker'];

/** Waits until systemd of a host has started all that it will start, whether or not all of that went well. */
export async function awaitBoot(host: LabHost): Promise<void> {
  const booted = () => /^(running|degraded)\n$/.test(askedInside(host, ['systemctl', 'is-system-running']).stdout);
  await until(`${host.name} has booted`, 90, booted, consoleOf(host));
}

/** Waits until all of a healthy host is there, each part on its own, so that what lacks has a name. */
export async function awaitReady(host: LabHost): Promise<void> {
  const { name, address } = host;
  const started = () => says(host, ['systemctl', 'is-system-running'], (text) => text === 'running\n');
  await until(`${name} has started`, 90, started, `${onHost(host, 'systemctl', '--failed')}, and ${consoleOf(host)}`);
  for (const unit of UNITS) {
    await until(
      `${unit} runs on ${name}`,
      30,
      () => says(host, ['systemctl', 'is-active', unit], (text) => text === 'active\n'),
      logOf(host, unit),
    );
  }
  await until(`ssh lets us in to ${name} (${address})`, 30, () => ran(sshWords(host, ['true'], UNATTENDED)).exit === 0, onHost(host, '-v'));
  await awaitNames(host);
  await awaitWeb(host);
  await awaitShop(host);
}

/** Waits until the host's own name server answers for the zone. */
export async function awaitNames(host: LabHost): Promise<void> {
  const question = ['dig', '+short', '+time=1', '+tries=1', '@127.0.0.1', 'lab.test', 'SOA'];
  await until(
    `CoreDNS of ${host.name} answers`,
    20,
    () => says(host, question, (text) => text.includes('lab.test.')),
    logOf(host, 'coredns'),
  );
}

/** Waits until the host's web server answers with a certificate that the host trusts. */
export async function awaitWeb(host: LabHost): Promise<void> {
  const question = ['curl', '-sS', '-m', '2', '--resolve', 'www.lab.test:443:127.0.0.1', 'https://www.lab.test/'];
  await until(`Caddy of ${host.name} answers`, 20, () => says(host, question, (text) => text === 'ok'), logOf(host, 'caddy'));
}

/** Waits until the host's shop takes connections. */
export async function awaitShop(host: LabHost): Promise<void> {
  const question = ['curl', '-sS', '-m', '2', 'http://127.0.0.1:8080/'];
  await until(`the shop of ${host.name} answers`, 20, () => says(host, question, (text) => text === 'ok\n'), logOf(host, 'shop-api'));
}

/** Waits until each host of the mesh has shaken hands with every other one lately. */
export async function awaitMesh(hosts: readonly LabHost[]): Promise<void> {
  for (const host of hosts) {
    const whole = () => handshakes(host).filter(({ age_s }) => age_s !== null && age_s < 180).length >= hosts.length - 1;
    await until(`${host.name} has shaken hands with every other host`, 60, whole, onHost(host, 'wg', 'show'));
  }
}

function says(host: LabHost, words: readonly string[], fits: (text: string) => boolean): boolean {
  const { exit, stdout } = askedInside(host, words);
  return exit === 0 && fits(stdout);
}

function onHost({ name }: LabHost, ...words: string[]): string {
  return `npm run lab -- ssh ${name} ${words.join(' ')}`;
}

function logOf(host: LabHost, unit: string): string {
  return onHost(host, 'journalctl', '-n', '30', '-u', unit);
}
