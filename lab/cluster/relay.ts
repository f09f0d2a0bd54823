import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Put } from '../host-files/put.ts';
import { unitText } from '../host-files/unit-text.ts';
import { askedInside, inside } from '../inside.ts';
import { stateFile } from '../places.ts';
import { fetchedAnon } from '../programs/anon.ts';
import { LabError, run, say, until } from '../run.ts';
import type { LabHost } from '../state.ts';

/** The unit of a host's relay, and the words that it runs. */
export const RELAY_UNIT = 'orama-anyone-relay.service';
export const RELAY_WORDS = '/usr/local/bin/anon --AgreeToTerms 1 -f /etc/anon/anonrc';

/** The unit of one more relay on the first host: three hops beside the one that asks take four. */
const FOURTH_UNIT = 'lab-fourth-relay.service';

/** Open to the outside, as a relay's is. */
export const OR_PORT = 9001;
const DIR_PORT = 9030;
const DATA = '/var/lib/anon';

/** Units of relays that start with the host. */
export function relayUnits({ name }: LabHost, hosts: readonly LabHost[]): string[] {
  return [RELAY_UNIT, ...(name === hosts[0]?.name ? [FOURTH_UNIT] : [])].map((unit) => unit.replace('.service', ''));
}

/** A relay of Anyone in a network of the lab's own, of which each host is an authority, too: nothing ever leaves the machine. */
export function writeRelay(root: string, host: LabHost, hosts: readonly LabHost[], put: Put): void {
  cpSync(keysOf(host), join(root, DATA), { recursive: true });
  const authority = ['AuthoritativeDirectory 1', 'V3AuthoritativeDirectory 1', `DirPort ${host.mesh_address}:${DIR_PORT}`];
  const doors = ['SocksPort 9050', 'ControlPort 9051', 'CookieAuthentication 1', 'Log notice file /var/log/anon/notices.log'];
  put('/etc/anon/anonrc', config({ nickname: `lab${host.name}`, data: DATA, port: OR_PORT }, host, hosts, [...authority, ...doors]));
  put(`/etc/systemd/system/${RELAY_UNIT}`, relayUnit('Anyone relay', RELAY_WORDS, '/var/log/anon'));
  if (host.name !== hosts[0]?.name) return;
  const fourth = { nickname: 'labfourth', data: '/var/lib/lab-fourth-relay', port: OR_PORT + 100 };
  put('/etc/anon/fourth', config(fourth, host, hosts, ['SocksPort 0']));
  put(`/etc/systemd/system/${FOURTH_UNIT}`, relayUnit('Fourth relay', RELAY_WORDS.replace('anonrc', 'fourth'), fourth.data));
}

function relayUnit(title: string, words: string, folder: string): string {
  return unitText(title, words, 'wg-quick@wg0.service').replace('ExecStart=', `ExecStartPre=/bin/mkdir -p -m 0700 ${folder}\nExecStart=`);
}

interface Relay {
  nickname: string;
  data: string;
  port: number;
}

/** A network that agrees on itself every 20 s, in which every relay may be anything, and whose addresses are private. */
function config({ nickname, data, port }: Relay, { mesh_address }: LabHost, hosts: readonly LabHost[], more: readonly string[]): string {
  const votes = ['TestingV3AuthInitialVotingInterval 20', 'TestingV3AuthInitialVoteDelay 4', 'TestingV3AuthInitialDistDelay 4'];
  const later = ['V3AuthVotingInterval 20', 'V3AuthVoteDelay 4', 'V3AuthDistDelay 4', 'V3AuthNIntervalsValid 2'];
  return [
    ...['TestingTorNetwork 1', 'AssumeReachable 1', 'PathsNeededToBuildCircuits 0.25', 'EnforceDistinctSubnets 0', ...votes, ...later],
    ...['Exit', 'Guard', 'HSDir'].map((flag) => `TestingDirAuthVote${flag} *`),
    ...hosts.map(authorityLine),
    ...[`Nickname ${nickname}`, 'ContactInfo nobody', `DataDirectory ${data}`, `Address ${mesh_address}`, `ORPort ${port} IPv4Only`],
    ...['ExitRelay 1', 'ExitPolicyRejectPrivate 0', 'ExitPolicy accept 10.0.0.0/24:*', 'ExitPolicy reject *:*', ...more, ''],
  ].join('\n');
}

function authorityLine(host: LabHost): string {
  const identity = /^fingerprint (\w{40})$/m.exec(readFileSync(join(keysOf(host), 'keys/authority_certificate'), 'utf8'))?.[1];
  const relay = readFileSync(join(keysOf(host), 'fingerprint'), 'utf8')
    .trim()
    .split(' ')[1];
  if (identity === undefined || relay === undefined)
    throw new LabError(`the keys of the relay of ${host.name} are broken; take the lab down`);
  return `DirAuthority lab${host.name} orport=${OR_PORT} no-v2 v3ident=${identity} ${host.mesh_address}:${DIR_PORT} ${relay}`;
}

/** The keys of a host's relay, and as an authority, made once a lab. */
function keysOf({ name, mesh_address }: LabHost): string {
  const folder = stateFile(`relay-${name}`);
  if (existsSync(join(folder, 'fingerprint'))) return folder;
  const keys = join(folder, 'keys');
  mkdirSync(keys, { recursive: true, mode: 0o700 });
  const made = ['--create-identity-key', '-m', '12', '-a', `${mesh_address}:${DIR_PORT}`, '--passphrase-fd', '0'];
  run([fetchedAnon('anon-gencert'), ...made], { cwd: keys, input: 'lab\n' });
  // It wants an authority to be named, whichever, before it tells who it is itself.
  const nobody = `x orport=1 v3ident=${'A'.repeat(40)} 127.0.0.1:1 ${'A'.repeat(40)}`;
  const asked = ['--AgreeToTerms', '1', '--list-fingerprint', '--DataDirectory', folder, '--Nickname', `lab${name}`];
  run([fetchedAnon(), ...asked, '--ORPort', String(OR_PORT), '--DirAuthority', nobody]);
  return folder;
}

/** Puts questions to the control port of the host's relay, by its cookie. */
export const ASK_RELAY = `bash -c 'exec 3<>/dev/tcp/127.0.0.1/9051; \
printf "AUTHENTICATE %s\\r\\nGETINFO status/bootstrap-phase\\r\\nGETINFO status/circuit-established\\r\\nQUIT\\r\\n" \
$(od -An -v -tx1 ${DATA}/control_auth_cookie | tr -d " \\n") >&3; timeout 3 cat <&3'`;

/** How far a relay has joined, in percent, by its own word; null while it does not answer. */
export function joinedPct(host: LabHost): number | null {
  const { stdout } = askedInside(host, ['timeout', '5', 'sh', '-c', ASK_RELAY]);
  const told = /PROGRESS=(\d+)/.exec(stdout)?.[1];
  return told === undefined ? null : Number(told);
}

/** One that met the others before they agreed on their network may never choose any of them, until it is started anew. */
const STUCK_MS = 60_000;

/** Waits until the relay of each of these hosts has joined the lab's network. */
export async function awaitRelays(hosts: readonly LabHost[]): Promise<void> {
  for (const host of hosts) {
    const look = `npm run lab -- ssh ${host.name} journalctl -n 30 -u orama-anyone-relay`;
    let begun_ms = Date.now();
    const joined = () => {
      if (joinedPct(host) === 100) return true;
      if (Date.now() - begun_ms > STUCK_MS) {
        say(`the relay of ${host.name} has not joined in ${STUCK_MS / 1000} s; starting it anew`);
        inside(host, ['systemctl', 'restart', RELAY_UNIT]);
        begun_ms = Date.now();
      }
      return false;
    };
    await until(`the relay of ${host.name} has joined its network`, 150, joined, look);
  }
}
