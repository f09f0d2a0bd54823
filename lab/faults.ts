import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { hasAll, type LabKind, wordsOf } from './kind.ts';
import { LabError, say } from './run.ts';
import { hostNamed, keepState, type LabHost, theLab } from './state.ts';

/** A thing that can go wrong on a host. Both ways wait until it is so. */
export interface Fault {
  /** One sentence: what is wrong then. */
  about: string;
  /** The host that expected.txt speaks of. */
  host: string;
  /** The kind of lab that it takes; any does where nothing is said. */
  needs?: LabKind;
  /** Whether the cluster must have run for as long as a node counts as joining, which makes findings mild. */
  joined?: boolean;
  /** Why it cannot be made on this machine; null where it can. */
  cannot?: () => string | null;
  /** For how many seconds this machine must be up before what is found is what expected.txt says: its hosts have its uptime. */
  machine_up_s?: number;
  /** What `ward inspect` alone finds out then, by having hosts try it: `ID NODE SUBJECT` of checks that fail. */
  tried?: readonly string[];
  break(host: LabHost): void | Promise<void>;
  mend(host: LabHost): void | Promise<void>;
}

/** Where each fault has a folder. */
export const FOLDER = fileURLToPath(new URL('faults', import.meta.url));

/** Prints the faults that there are. */
export async function listFaults(): Promise<void> {
  for (const name of faultNames()) {
    const { about, host, needs = 'plain' } = await faultNamed(name);
    process.stdout.write(`${name.padEnd(24)} ${host}  ${about}${needs === 'plain' ? '' : ` Needs a lab with ${wordsOf(needs).trim()}.`}\n`);
  }
}

/** Breaks something on the fault's own host, or another, and keeps in mind that it is broken. */
export async function breakFault(name: string, at?: string): Promise<void> {
  const { fault, host } = await found(name, at);
  const others = without(name, host);
  if (others.length < theLab().broken.length) return say(`${name} holds on ${host.name} already`);
  keepState({ ...theLab(), broken: [...others, { fault: name, host: host.name }] });
  await fault.break(host);
  say(`${name} holds on ${host.name}`);
}

/** Makes it right again; also where nobody remembers that it was broken. */
export async function mendFault(name: string, at?: string): Promise<void> {
  const { fault, host } = await found(name, at);
  await fault.mend(host);
  keepState({ ...theLab(), broken: without(name, host) });
  say(`${name} is mended on ${host.name}`);
}

function without(name: string, host: LabHost): { fault: string; host: string }[] {
  return theLab().broken.filter((each) => each.fault !== name || each.host !== host.name);
}

async function found(name: string, at: string | undefined): Promise<{ fault: Fault; host: LabHost }> {
  const fault = await faultNamed(name);
  const { needs = 'plain' } = fault;
  if (!hasAll(theLab().kind, needs)) throw new LabError(`${name} needs another lab; start one with: npm run lab -- up 3${wordsOf(needs)}`);
  return { fault, host: hostNamed(at ?? fault.host) };
}

/** A fault by its name. */
export async function faultNamed(name: string): Promise<Fault> {
  if (!faultNames().includes(name))
    throw new LabError(`there is no fault ${name || 'without a name'}; there are ${faultNames().join(', ')}`);
  const { fault } = (await import(pathToFileURL(join(FOLDER, name, 'fault.ts')).href)) as { fault: Fault };
  return fault;
}

/** All faults there are, in the order of the alphabet. */
export function faultNames(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => existsSync(join(FOLDER, name, 'fault.ts')))
    .sort();
}

/** The faults that a check of such a lab breaks: those that need just this kind, and last those that wait until its nodes have joined. */
export async function faultsOf(kind: LabKind): Promise<string[]> {
  const all = await Promise.all(faultNames().map(async (name) => ({ name, ...(await faultNamed(name)) })));
  return all
    .filter(({ needs = 'plain' }) => needs === kind)
    .sort((a, b) => Number(a.joined ?? false) - Number(b.joined ?? false))
    .map(({ name }) => name);
}
