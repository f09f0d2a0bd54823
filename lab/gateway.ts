import { openSync } from 'node:fs';
import { asPartOf, killProcessesOf, processesOf, removeGroupsOf } from './control-group.ts';
import { stateFile } from './places.ts';
import { ran, start, until } from './run.ts';
import type { LabState } from './state.ts';

const PORT = 8099;

const groupOf = ({ bridge }: LabState) => `${bridge}gateway`;

/** What a host reaches while its network is whole: a listener on the bridge, so that nobody has to leave the machine. */
export function gatewayOf({ range }: LabState): string {
  return `${range}.1:${PORT}`;
}

/** Starts the listener on the bridge, unless it is there. */
export async function startGateway(lab: LabState): Promise<void> {
  const listens = () => ran(['ss', '-Hltn', 'src', gatewayOf(lab)]).stdout !== '';
  if (listens()) return;
  const listener = `require('node:net').createServer((socket) => socket.on('error', () => {}).end()).listen(${PORT}, '${lab.range}.1')`;
  const log = stateFile('gateway.log');
  asPartOf(groupOf(lab), () => start([process.execPath, '-e', listener], openSync(log, 'a')));
  await until(`something listens on ${gatewayOf(lab)}`, 20, listens, log);
}

/** Ends the listener on the bridge. */
export async function stopGateway(lab: LabState): Promise<void> {
  killProcessesOf(groupOf(lab));
  await until('the listener on the bridge ends', 10, () => processesOf(groupOf(lab)).length === 0);
  removeGroupsOf(groupOf(lab));
}
