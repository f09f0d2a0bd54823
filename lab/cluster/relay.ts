import type { Put } from '../host-files/put.ts';
import { unitText } from '../host-files/unit-text.ts';
import { askedInside } from '../inside.ts';
import { until } from '../run.ts';
import type { LabHost } from '../state.ts';

/** The unit of the relay. */
export const RELAY_UNIT = 'orama-anyone-relay.service';

/** The host that always has a relay. */
export const RELAY_HOST = 'ns3';

/** A relay of Anyone that never leaves the host: with its network switched off it runs and answers, and joins nothing. */
export function writeRelay({ name }: LabHost, put: Put): void {
  put('/etc/anon/anonrc', config(name));
  const unit = unitText('Anyone relay', '/usr/local/bin/anon --AgreeToTerms 1 -f /etc/anon/anonrc');
  const folders = ['/var/lib/anon', '/var/log/anon'].map((folder) => `ExecStartPre=/bin/mkdir -p -m 0700 ${folder}`);
  put(`/etc/systemd/system/${RELAY_UNIT}`, unit.replace('ExecStart=', `${folders.join('\n')}\nExecStart=`));
}

function config(name: string): string {
  return [
    ...['DisableNetwork 1', `Nickname lab${name}`, 'ContactInfo nobody', 'DataDirectory /var/lib/anon', 'ORPort 9001 IPv4Only'],
    ...['ExitPolicy reject *:*', 'SocksPort 9050', 'ControlPort 9051', 'CookieAuthentication 1'],
    ...['Log notice file /var/log/anon/notices.log', 'Log notice stdout', ''],
  ].join('\n');
}

/** Waits until the relay answers on its control port. */
export async function awaitRelay(host: LabHost): Promise<void> {
  const look = `npm run lab -- ssh ${host.name} journalctl -n 30 -u orama-anyone-relay`;
  const listens = () => askedInside(host, ['ss', '-Hltn', 'sport = :9051']).stdout !== '';
  await until(`anon of ${host.name} listens on its control port`, 30, listens, look);
}

/** Stops a relay and takes all of it from the host, whether it is there or not. */
export function removeRelay(host: LabHost): void {
  askedInside(host, ['systemctl', 'stop', RELAY_UNIT]);
  askedInside(host, ['rm', '-rf', `/etc/systemd/system/${RELAY_UNIT}`, '/etc/anon', '/var/lib/anon', '/var/log/anon']);
  askedInside(host, ['systemctl', 'daemon-reload']);
}
