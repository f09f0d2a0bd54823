import type { ProbeResult } from '../../core/probe.ts';
import type { NodeSnapshot, Snapshot } from '../../core/snapshot.ts';
import { listed, many } from '../../core/units.ts';
import type { Probed } from '../../fleet/probe.ts';
import type { DefinedCheck } from '../defined-checks.ts';
import { bare, hasSection, SILENT } from '../on-nodes.ts';
import type { Presence } from '../presence.ts';
import { headOf } from '../seen.ts';
import type { Result } from '../result.ts';
import { idOf, type Planned, plannedFor } from './planned.ts';
import type { Tried } from './tried.ts';

/** What nodes tried for a check, on every node that it concerns. Without anything tried, as in a recording, each is a skip. */
export function probeResults(
  check: DefinedCheck,
  snapshot: Snapshot,
  { tried, there }: { tried: Tried | null; there: Presence },
): Result[] {
  return snapshot.nodes.filter((node) => check.concerns?.(node) ?? true).flatMap((node) => onNode(check, node, { snapshot, tried, there }));
}

interface At {
  snapshot: Snapshot;
  tried: Tried | null;
  there: Presence;
}

function onNode(check: DefinedCheck, node: NodeSnapshot, { snapshot, tried, there }: At): Result[] {
  const skipped = (message: string) => [bare(check, { status: 'skip', message, node: node.name })];
  if (node.report === null) return there(node, check.subsystem) ? skipped(SILENT) : [];
  if (!hasSection(node.report, check.subsystem)) return [];
  if (tried === null) return skipped('nothing is tried about reports that were there before');
  const planned = plannedFor(check, node, snapshot);
  if (planned.length === 0) return skipped(whyNothing(check, node));
  return [...Map.groupBy(planned, ({ subject }) => subject)].flatMap(([subject, own]) => {
    const outcomes = own.flatMap((each) => outcomesOf(check, each, tried.get(idOf(each))));
    return judged(check, node, { subject, outcomes, snapshot });
  });
}

function whyNothing({ probe }: DefinedCheck, { via, name, host }: NodeSnapshot): string {
  if (probe?.by === 'others') return 'there is nothing to try, or no other node whose agent could try it';
  return via === 'ward' || via === 'local'
    ? 'there is nothing to try'
    : `${host ?? name} was asked without an agent of ward, which alone can try it`;
}

/** One answer: who tried what, and how that went; null where nobody knows. */
interface Outcome {
  from: string;
  about: string;
  by: string;
  passed: boolean | null;
  reason: string;
  took_ms: number | null;
}

function outcomesOf({ probe }: DefinedCheck, { from, kind, target }: Planned, probed: Probed | undefined): Outcome[] {
  const none = (reason: string): Outcome[] => [{ from, about: target, by: kind, passed: null, reason, took_ms: null }];
  if (probed === undefined) return none('it was not tried');
  if (probed.kind === 'failed') return none(probed.failure.message);
  if (probed.kind !== 'answer') return none(probed.message);
  const { results, reason } = probed.answer;
  if (results === null) return none(reason);
  const wanted = results.filter(({ subject }: ProbeResult) => probe?.result === undefined || subject === probe.result);
  return wanted.map(({ subject, by, passed, reason: why, took_ms }) => ({ from, about: subject, by, passed, reason: why, took_ms }));
}

interface Judging {
  subject: string;
  outcomes: readonly Outcome[];
  snapshot: Snapshot;
}

function judged(check: DefinedCheck, node: NodeSnapshot, judging: Judging): Result[] {
  const { outcomes, subject } = judging;
  const [known, wrong, unknown] = [true, false, null].map((wanted) => outcomes.filter(({ passed }) => passed === wanted)) as Three;
  if (check.probe?.enough === 'any' && known.length > 0) return [passed(check, node, subject, known)];
  if (wrong.length > 0) return wrong.map((each) => failed(check, node, each, judging));
  const [first] = unknown;
  if (first === undefined && known.length > 0) return [passed(check, node, subject, known)];
  const message = first === undefined ? 'there is nothing to try' : `${first.from} cannot tell: ${first.reason}`;
  return [{ ...bare(check, { status: 'skip', message, node: node.name }), ...headOf(check, subject), subject }];
}

type Three = [Outcome[], Outcome[], Outcome[]];

function passed(check: DefinedCheck, node: NodeSnapshot, subject: string, known: readonly Outcome[]): Result {
  const slowest = Math.max(...known.map(({ took_ms }) => took_ms ?? 0));
  const itself = check.probe?.by === 'itself';
  const message = itself
    ? `${many(known.length, 'peer')} answered, the slowest within ${slowest} ms`
    : `${subject}, tried from ${listed(askers(known))}`;
  const evidence = { asked: asked(known), answered: `all passed, the slowest within ${slowest} ms`, limit: '' };
  return { ...bare(check, { status: 'pass', message, node: node.name }), ...headOf(check, subject), subject, evidence };
}

function failed(check: DefinedCheck, node: NodeSnapshot, outcome: Outcome, { subject, snapshot }: Judging): Result {
  const { from, about, by, reason } = outcome;
  const { name, told, follows } = check.probe?.by === 'itself' ? ofPeer(about, from, snapshot) : ofOthers(subject, from);
  return {
    // What follows from a node that does not answer at all is told with that, and is no failure of its own.
    ...bare(check, {
      status: follows === null ? 'fail' : 'warn',
      message: `${node.name} ${check.probe?.failed} ${told}: ${reason}`,
      node: node.name,
    }),
    ...headOf(check, name),
    ...{ subject: name, follows },
    evidence: { asked: `${by} from ${from} to ${about}`, answered: reason, limit: 'an answer' },
  };
}

interface Told {
  name: string;
  told: string;
  follows: string | null;
}

function ofPeer(address: string, from: string, { nodes }: Snapshot): Told {
  const asker = nodes.find(({ name }) => name === from);
  const key = meshOf(asker)?.peers?.find(({ allowed_ips }) => allowed_ips.split('/')[0] === address)?.public_key;
  const peer = nodes.find((node) => meshOf(node)?.wg_ip === address || (key !== undefined && meshOf(node)?.public_key === key));
  if (peer !== undefined) return { name: peer.name, told: `${peer.name} (${address})`, follows: null };
  const silent = nodes.filter(({ report }) => report === null).map(({ name }) => name);
  // A silent node does not say which address it has; where one is silent, it is probably that one.
  return { name: address, told: address, follows: silent.length === 0 ? null : `${listed(silent)} gave no report` };
}

/** What is needed here of a node's mesh. */
interface Mesh {
  wg_ip: string | null;
  public_key: string | null;
  peers: readonly { public_key: string; allowed_ips: string }[] | null;
}

function meshOf(node: NodeSnapshot | undefined): Mesh | null {
  return (node?.report?.['wireguard'] ?? null) as Mesh | null;
}

function ofOthers(subject: string, from: string): Told {
  return { name: subject, told: `${subject}, tried from ${from}`, follows: null };
}

function askers(outcomes: readonly Outcome[]): string[] {
  return [...new Set(outcomes.map(({ from }) => from))];
}

function asked(outcomes: readonly Outcome[]): string {
  return `${listed([...new Set(outcomes.map(({ by }) => by))])} from ${listed(askers(outcomes))}`;
}
