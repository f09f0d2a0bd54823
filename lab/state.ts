import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { LabKind } from './kind.ts';
import { STATE, stateFile } from './places.ts';
import { LabError } from './run.ts';

/** One host of the lab. */
export interface LabHost {
  name: string;
  /** Of nspawn, and of the folder and control group that hold all of the host; unique on this machine. */
  machine: string;
  address: string;
  mesh_address: string;
  role: 'nameserver' | 'node';
}

/** A lab as it was brought up. */
export interface LabState {
  bridge: string;
  /** First three numbers of the hosts' addresses. */
  range: string;
  hosts: LabHost[];
  kind: LabKind;
  /** Faults that hold now. */
  broken: { fault: string; host: string }[];
}

/** The lab as last kept; null where there is none. */
export function readState(): LabState | null {
  const path = stateFile('state.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as LabState) : null;
}

/** The lab; a clear refusal where there is none. */
export function theLab(): LabState {
  const state = readState();
  if (state === null) throw new LabError('no lab is up; start one with: npm run lab -- up 3');
  return state;
}

/** Kept before anything is made from it, so that `down` finds all of it after a kill. */
export function keepState(state: LabState): void {
  mkdirSync(STATE, { recursive: true, mode: 0o700 });
  writeFileSync(stateFile('state.json.half'), `${JSON.stringify(state, null, 2)}\n`);
  renameSync(stateFile('state.json.half'), stateFile('state.json'));
}

/** A host by its name. */
export function hostNamed(name: string): LabHost {
  const { hosts } = theLab();
  const host = hosts.find((each) => each.name === name);
  if (host === undefined) throw new LabError(`there is no host ${name}; there are ${hosts.map((each) => each.name).join(', ')}`);
  return host;
}
