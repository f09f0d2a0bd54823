import type { Trial } from '../../core/probe-check.ts';
import type { NodeSnapshot, Snapshot } from '../../core/snapshot.ts';
import type { DefinedCheck } from '../defined-checks.ts';
import { hasSection } from '../on-nodes.ts';

/** One thing that one node is to try about a node, itself or another one. */
export interface Planned extends Trial {
  /** Who tries it. */
  from: string;
  /** Whom it is about. */
  on: string;
}

/** Everything that the checks have nodes try about the wanted ones, each once, however many checks it serves. */
export function plannedProbes(checks: readonly DefinedCheck[], snapshot: Snapshot, wanted: ReadonlySet<string>): Planned[] {
  const nodes = snapshot.nodes.filter(({ name }) => wanted.has(name));
  const all = checks.flatMap((check) => nodes.flatMap((node) => plannedFor(check, node, snapshot)));
  return [...new Map(all.map((each) => [idOf(each), each])).values()];
}

/** What is tried for one check about one node; none where it has nothing to try, or nobody who could. */
export function plannedFor({ probe, concerns, subsystem }: DefinedCheck, node: NodeSnapshot, snapshot: Snapshot): Planned[] {
  if (probe === undefined || node.report === null || concerns?.(node) === false || !hasSection(node.report, subsystem)) return [];
  const trials = probe.trials(node, addressOf(node));
  const from = probe.by === 'itself' ? [node].filter(canTry) : askersFor(node, trials, snapshot).slice(0, probe.most);
  return from.flatMap(({ name }) => trials.map((trial) => ({ ...trial, from: name, on: node.name })));
}

/** By which what was tried is found again. */
export function idOf({ from, kind, target }: Planned): string {
  return [from, kind, target].join('\0');
}

/** Only our own agent knows how to try. */
function canTry({ report, via }: NodeSnapshot): boolean {
  return report !== null && (via === 'ward' || via === 'local');
}

/** The others of its environment: first those that serve the same zones, for they know them and may ask. */
function askersFor(node: NodeSnapshot, trials: readonly Trial[], { nodes }: Snapshot): NodeSnapshot[] {
  const others = nodes.filter((other) => other !== node && other.environment === node.environment && canTry(other));
  const subjects = new Set(trials.map(({ subject }) => subject));
  const knows = ({ report }: NodeSnapshot) => {
    const { domains } = (report?.['dns'] ?? {}) as { domains?: readonly { name: string }[] | null };
    return domains?.some(({ name }) => subjects.has(name)) === true;
  };
  return [...others.filter(knows), ...others.filter((other) => !knows(other))];
}

/** Where the others of the fleet reach it, an IPv6 address in brackets. */
function addressOf({ address, host, name, report }: NodeSnapshot): string {
  const bare = address ?? report?.public_ip ?? host ?? name;
  return bare.includes(':') ? `[${bare}]` : bare;
}
