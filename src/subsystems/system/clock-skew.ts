import { here, onNode } from '../../core/command.ts';
import { CLUSTER, type Evidence, fleetRule } from '../../core/rule.ts';
import type { NodeSnapshot, Snapshot } from '../../core/snapshot.ts';
import type { System } from './section.ts';

/** How far a clock is ahead of ours, and how far that may be wrong, in milliseconds. */
export interface Offset {
  node: string;
  ahead_ms: number;
  within_ms: number;
}

/**
 * The node's report was made between our asking and its answer, so its clock at the report's middle is compared with ours at the middle
 * of the asking; what the round trip took beside the report itself is how far that may be wrong, by half to either side.
 */
export function clockOffset({ name, report, asked_at_ms, answered_at_ms }: NodeSnapshot): Offset | null {
  const began_ms = Date.parse(report?.timestamp ?? '');
  if (report === null || Number.isNaN(began_ms) || answered_at_ms < asked_at_ms) return null;
  // A time in whole seconds may be up to a second later.
  const coarse_ms = /\.\d/.test(report.timestamp) ? 0 : 1000;
  const took_ms = Math.max(0, report.collect_ms);
  const trip_ms = Math.max(0, answered_at_ms - asked_at_ms - took_ms);
  return {
    node: name,
    ahead_ms: began_ms + (took_ms + coarse_ms) / 2 - (asked_at_ms + answered_at_ms) / 2,
    within_ms: (trip_ms + coarse_ms) / 2,
  };
}

/** The clock that most agree on: the median with our own as one voice, which also breaks a tie. */
export function commonClock(offsets: readonly Offset[]): Offset {
  const own: Offset = { node: '', ahead_ms: 0, within_ms: 0 };
  const sorted = [own, ...offsets].sort((a, b) => a.ahead_ms - b.ahead_ms);
  const half = (sorted.length - 1) / 2;
  const middle = [sorted[Math.floor(half)] ?? own, sorted[Math.ceil(half)] ?? own];
  return middle.reduce((best, each) => (Math.abs(each.ahead_ms) < Math.abs(best.ahead_ms) ? each : best));
}

/** Clocks that differ from the one that most agree on; this machine's own is told as the cluster's. */
export const clockSkew = fleetRule<System>()({
  name: 'clock-skew',
  severity: 'warning',
  about: 'A clock differs from the one that most of the fleet agree on by more than the limit, measured surely.',
  source: 'Orama: 5 s',
  levels: { skew_s: 5 },
  compare: (_fleet, { skew_s }, snapshot) => {
    const offsets = remote(snapshot).flatMap((node) => clockOffset(node) ?? []);
    const common = commonClock(offsets);
    const skewed = offsets.flatMap(({ node, ahead_ms, within_ms }) => {
      const off = { node, ahead_ms: ahead_ms - common.ahead_ms, within_ms: within_ms + common.within_ms };
      return surely(off, skew_s) ? [found(off, common, skew_s)] : [];
    });
    const own = { node: CLUSTER, ahead_ms: -common.ahead_ms, within_ms: common.within_ms };
    return surely(own, skew_s) ? [ours(own, offsets.length, skew_s), ...skewed] : skewed;
  },
});

/** This machine's own report tells our clock once more. */
function remote({ nodes }: Snapshot): NodeSnapshot[] {
  return nodes.filter(({ via }) => via !== 'local');
}

function surely({ ahead_ms, within_ms }: Offset, skew_s: number): boolean {
  return Math.abs(ahead_ms) - within_ms > skew_s * 1000;
}

function found(off: Offset, common: Offset, skew_s: number) {
  const than = common.node === '' ? "this machine's clock" : 'the clock of most nodes';
  return {
    node: off.node,
    subject: 'clock',
    message: `Clock ${inWords(off)} (limit ${skew_s} s, measured to ${seconds(off.within_ms)} s)`,
    evidence: evidence(off, `compared with ${than}`, skew_s),
    next: onNode`timedatectl`,
  };
}

function ours(own: Offset, nodes: number, skew_s: number) {
  return {
    node: CLUSTER,
    subject: 'clock',
    message: `This machine's own clock is ${inWords(own)}: the ${nodes} nodes agree with each other and not with it (limit ${skew_s} s, measured to ${seconds(own.within_ms)} s)`,
    evidence: evidence(own, 'compared with the clock of most nodes', skew_s),
    next: here`timedatectl`,
  };
}

function evidence(off: Offset, how: string, skew_s: number): Evidence {
  return { asked: "the report's time against the middle of the asking", answered: `${inWords(off)}, ${how}`, limit: `${skew_s} s` };
}

function inWords({ ahead_ms }: Offset): string {
  return `${seconds(Math.abs(ahead_ms))} s ${ahead_ms < 0 ? 'behind' : 'ahead'}`;
}

function seconds(ms: number): string {
  return ms >= 100_000 ? String(Math.round(ms / 1000)) : (Math.ceil(ms / 100) / 10).toFixed(1);
}
