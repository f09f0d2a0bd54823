import type { Put } from '../host-files/put.ts';
import { unitText } from '../host-files/unit-text.ts';
import { askedInside, inside } from '../inside.ts';
import { LabError, until } from '../run.ts';
import type { LabHost } from '../state.ts';

const HTTP = 5001;
const RAFT = 7001;

/** While this file is there, the database stays down when it ends. */
const STAY_DOWN = '/run/lab-no-database';

/**
 * rqlite under the unit orama-node, which starts it as its child and starts it again, as Orama's own program does. So the unit lives on
 * while the database is gone, and its age stays that of the host.
 */
export function writeDatabase(host: LabHost, hosts: readonly LabHost[], put: Put): void {
  put('/usr/local/sbin/orama-node', nodeScript(host, hosts), 0o755);
  put('/etc/systemd/system/orama-node.service', unitText('Orama node', '/usr/local/sbin/orama-node', 'wg-quick@wg0.service'));
}

function nodeScript({ name, mesh_address: own }: LabHost, hosts: readonly LabHost[]): string {
  // The first one is quick to ask for votes, so that a fault can have it lead.
  const patience = name === hosts[0]?.name ? '1s' : '3s';
  const words = [
    ...['rqlited', '-node-id', name, '-http-addr', `0.0.0.0:${HTTP}`, '-http-adv-addr', `${own}:${HTTP}`],
    ...['-raft-addr', `${own}:${RAFT}`, '-raft-timeout', patience, '-raft-election-timeout', patience],
    ...['-bootstrap-expect', String(hosts.length), '-join', hosts.map(({ mesh_address }) => `${mesh_address}:${RAFT}`).join(',')],
    '/opt/orama/.orama/data/rqlite',
  ];
  return `#!/bin/sh
# Keeps the database running as a child of its own.
trap 'kill $child; exit' TERM
while :; do
  if [ ! -e ${STAY_DOWN} ]; then
    ${words.join(' ')} &
    child=$!
    wait $child
  fi
  sleep 1
done
`;
}

/** The database's state by its own word: Leader, Follower, Candidate; null while it does not answer. */
export function raftState(host: LabHost): string | null {
  const { exit, stdout } = askedInside(host, ['curl', '-sS', '-m', '2', `http://127.0.0.1:${HTTP}/status`]);
  return exit === 0 ? (/"state": ?"(\w+)"/.exec(stdout)?.[1] ?? null) : null;
}

/** Waits until these hosts' databases are ready to serve, each of them, under one leader. */
export async function awaitDatabases(hosts: readonly LabHost[]): Promise<void> {
  for (const host of hosts) await until(`rqlite of ${host.name} is ready`, 60, () => isReady(host), logOf(host));
  const leaders = () => hosts.filter((host) => raftState(host) === 'Leader').length;
  await until('one of the databases leads', 30, () => leaders() === 1);
}

function isReady(host: LabHost): boolean {
  const words = ['curl', '-sS', '-m', '2', '-o', '/dev/null', '-w', '%{http_code}', `http://127.0.0.1:${HTTP}/readyz`];
  return askedInside(host, words).stdout === '200';
}

/**
 * Has the host's database lead: the others are started anew and know no leader then, so they hear the one that asks first. It must be the
 * lab's first host, which is the quickest to ask.
 */
export async function makeLeader(host: LabHost, hosts: readonly LabHost[]): Promise<void> {
  if (raftState(host) === 'Leader') return;
  const others = hosts.filter(({ name }) => name !== host.name);
  for (const other of others) await killDatabase(other);
  await until(`the database of ${host.name} asks for votes`, 30, () => raftState(host) === 'Candidate', logOf(host));
  for (const other of others) reviveDatabase(other);
  await awaitDatabases(hosts);
  if (raftState(host) !== 'Leader') throw new LabError(`another database than that of ${host.name} leads; look at: ${logOf(host)}`);
}

/** Sends a signal to the host's database, which may have ended. */
export function signalDatabase(host: LabHost, signal: 'STOP' | 'CONT' | 'KILL'): void {
  askedInside(host, ['pkill', `-${signal}`, '-x', 'rqlited']);
}

/** Kills the host's database, and nobody starts it again. */
export async function killDatabase(host: LabHost): Promise<void> {
  inside(host, ['touch', STAY_DOWN]);
  signalDatabase(host, 'KILL');
  await until(`the database of ${host.name} is gone`, 10, () => askedInside(host, ['pgrep', '-x', 'rqlited']).exit !== 0);
}

/** Lets the host's database start again. */
export function reviveDatabase(host: LabHost): void {
  inside(host, ['rm', '-f', STAY_DOWN]);
}

function logOf({ name }: LabHost): string {
  return `npm run lab -- ssh ${name} journalctl -n 30 -u orama-node`;
}
