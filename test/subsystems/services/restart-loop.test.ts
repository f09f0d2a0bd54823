import { describe, expect, it } from 'vitest';
import { loopSeen, type Restarting } from '../../../src/subsystems/services/restart-loop.ts';
import type { Restarts } from '../../../src/subsystems/services/section.ts';

function unit(changed: Partial<Restarting> = {}): Restarting {
  return { name: 'shop', active_state: 'active', sub_state: 'running', n_restarts: 20, active_since_sec: 9_000, ...changed };
}

const recent = (seconds: number, count: number): Restarts => ({ seconds, units: count === 0 ? [] : [{ name: 'shop', count }] });

describe('a restart loop', () => {
  it('is told by the rate since the last report, and not by the total', () => {
    expect(loopSeen(unit(), recent(600, 4))).toBe('4 times in 10 min');
    expect(loopSeen(unit(), recent(600, 3))).toBeNull();
    expect(loopSeen(unit({ n_restarts: 5_000 }), recent(300, 0))).toBeNull();
  });

  it('is seen at once where two restarts came within seconds', () => {
    expect(loopSeen(unit({ active_since_sec: 5 }), recent(20, 2))).toBe('2 times in 20 s');
  });

  it('is told by the last restart where no report was before, or one too young to have seen any', () => {
    const words = '20 times since it was last started by hand, the last 12 s ago';
    expect(loopSeen(unit({ active_since_sec: 12 }), null)).toBe(words);
    expect(loopSeen(unit({ active_since_sec: 12 }), recent(10, 0))).toBe(words);
    expect(loopSeen(unit({ active_since_sec: 151 }), null)).toBeNull();
    const waiting = unit({ active_state: 'activating', sub_state: 'auto-restart', active_since_sec: null });
    expect(loopSeen(waiting, null)).toBe('20 times since it was last started by hand, and about to again');
  });

  it('is over once systemd gave up: then the unit has failed', () => {
    expect(loopSeen(unit({ active_state: 'failed', sub_state: 'failed' }), recent(60, 9))).toBeNull();
  });

  it('is not told of few restarts, or where their number is not known', () => {
    expect(loopSeen(unit({ n_restarts: 3, active_since_sec: 2 }), null)).toBeNull();
    expect(loopSeen(unit({ n_restarts: null, active_since_sec: 2 }), recent(60, 3))).toBeNull();
  });

  it('takes the levels that somebody set', () => {
    const levels = { restarts: 2, within_s: 3600 };
    expect(loopSeen(unit(), recent(1800, 1), levels)).toBe('1 time in 30 min');
    expect(loopSeen(unit(), recent(3600, 1), levels)).toBeNull();
  });
});
