import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/core/evaluate.ts';
import type { Finding } from '../../../src/core/rule.ts';
import type { NodeSnapshot } from '../../../src/core/snapshot.ts';
import { clockOffset, commonClock } from '../../../src/subsystems/system/clock-skew.ts';
import system from '../../../src/subsystems/system/index.ts';

const NOON_MS = Date.UTC(2026, 10, 22, 12);

interface Told {
  name: string;
  ahead_ms?: number;
  /** From asking to answer; the report itself takes 100 ms in the middle of it. */
  trip_ms?: number;
  version?: string;
  via?: NodeSnapshot['via'];
  timestamp?: string;
}

function node({ name, ahead_ms = 0, trip_ms = 300, version = '0.1.0', via = 'ward', timestamp }: Told): NodeSnapshot {
  const began_ms = NOON_MS + (trip_ms - 100) / 2 + ahead_ms;
  return {
    name,
    host: name,
    environment: null,
    role: 'node',
    tags: [],
    groups: [],
    via,
    profile: 'default',
    failure: null,
    notes: [],
    asked_at_ms: NOON_MS,
    answered_at_ms: NOON_MS + trip_ms,
    report: {
      schema_version: 1,
      timestamp: timestamp ?? new Date(began_ms).toISOString(),
      hostname: name,
      public_ip: null,
      wireguard_ip: null,
      version,
      profile: 'default',
      expected: [],
      collect_ms: 100,
      errors: [],
      states: {},
      unknown: [],
    },
  };
}

function found(rule: string, nodes: readonly Told[]): string[] {
  const snapshot = { environment: null, taken_at_ms: NOON_MS, duration_ms: 0, nodes: nodes.map(node) };
  const { findings } = evaluate(snapshot, [{ name: 'system', rules: system.rules }], []);
  return findings.filter((each: Finding) => each.rule === `system/${rule}`).map((each) => `${each.node} ${each.subject}: ${each.message}`);
}

describe('the offset of a clock', () => {
  it('is taken from the middle of the asking, and may be wrong by half of what the trip took beside the report', () => {
    expect(clockOffset(node({ name: 'ns1', ahead_ms: 7200, trip_ms: 300 }))).toEqual({ node: 'ns1', ahead_ms: 7200, within_ms: 100 });
  });

  it('is half a second less sure where the report tells whole seconds only', () => {
    expect(clockOffset(node({ name: 'ns1', timestamp: '2026-11-22T12:00:00Z' }))).toEqual({ node: 'ns1', ahead_ms: 400, within_ms: 600 });
  });

  it.each(['', 'yesterday', '2026-99-99T00:00:00Z'])('is not known from the time %j', (timestamp) => {
    expect(clockOffset(node({ name: 'ns1', timestamp }))).toBeNull();
  });
});

describe('the clock that most agree on', () => {
  const at = (...ahead: number[]) =>
    commonClock(ahead.map((ahead_ms, index) => ({ node: `ns${index}`, ahead_ms, within_ms: 10 }))).ahead_ms;
  it.each([
    [[], 0],
    [[7000], 0],
    [[7000, 7010], 7000],
    [[0, 5, 7000], 0],
    [[7000, 7005, 7010], 7000],
    [[0, 0, 7000, 7000], 0],
    [[-9000, 7000], 0],
  ])('of clocks ahead by %j ms is ahead by %d ms', (ahead, common) => expect(at(...ahead)).toBe(common));
});

describe('clock-skew', () => {
  it('names the node whose clock is off, by how much and how surely', () => {
    expect(found('clock-skew', [{ name: 'ns1' }, { name: 'ns2', ahead_ms: 7200, trip_ms: 200 }, { name: 'ns3', ahead_ms: -40 }])).toEqual([
      'ns2 clock: Clock 7.2 s ahead (limit 5 s, measured to 0.1 s)',
    ]);
  });

  it('does not blame a slow node: what the trip took may be the difference', () => {
    expect(found('clock-skew', [{ name: 'ns1' }, { name: 'ns2', ahead_ms: 5900, trip_ms: 4000 }, { name: 'ns3' }])).toEqual([]);
  });

  it('tells this machine when all nodes agree with each other and not with it', () => {
    const away = ['ns1', 'ns2', 'ns3'].map((name) => ({ name, ahead_ms: -60_000 }));
    expect(found('clock-skew', away)).toEqual([
      "cluster clock: This machine's own clock is 60.0 s ahead: the 3 nodes agree with each other and not with it (limit 5 s, measured to 0.1 s)",
    ]);
  });

  it('takes our clock as right against a single node', () => {
    expect(found('clock-skew', [{ name: 'ns1', ahead_ms: -8000 }])).toEqual([
      'ns1 clock: Clock 8.0 s behind (limit 5 s, measured to 0.1 s)',
    ]);
  });

  it('does not count this machine twice where it is among the nodes', () => {
    const here = { name: 'here', via: 'local' as const };
    expect(found('clock-skew', [here, { name: 'ns1', ahead_ms: 9000 }, { name: 'ns2', ahead_ms: 9000 }])[0]).toMatch(
      /^cluster clock: This machine/,
    );
  });
});

describe('version-mismatch', () => {
  it('says the same sentence in whatever order the nodes come', () => {
    const nodes = [
      { name: 'ns3', version: '0.10.0' },
      { name: 'ns1', version: '0.9.0' },
      { name: 'ns2', version: '0.10.0' },
    ];
    const sentence = ['cluster version: ward has 2 versions: 0.9.0 on ns1 and 0.10.0 on ns2 and ns3'];
    expect(found('version-mismatch', nodes)).toEqual(sentence);
    expect(found('version-mismatch', nodes.toReversed())).toEqual(sentence);
  });

  it('does not compare ward with the original program', () => {
    expect(found('version-mismatch', [{ name: 'ns1' }, { name: 'old', version: '0.107.0', via: 'orama' }])).toEqual([]);
    expect(
      found('version-mismatch', [
        { name: 'old1', version: '0.107.0', via: 'orama' },
        { name: 'old2', version: '0.108.0', via: 'orama' },
      ]),
    ).toEqual(['cluster orama version: orama has 2 versions: 0.107.0 on old1 and 0.108.0 on old2']);
  });
});
