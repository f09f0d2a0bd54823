import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/core/evaluate.ts';
import { rules } from '../../../src/subsystems/containers/rules.ts';
import { node, report, round } from '../../cli/fleet.ts';
import { inspected, line } from '../../inspect/fleet.ts';

const REASON = 'http GET unix:/var/run/docker.sock "/containers/json?all=1": no whole answer within 3 s';

const unread = (kind: 'timeout' | 'denied' | 'failed') =>
  node('vm4', report({}, { containers: null, states: { containers: 'unknown' }, unknown: [{ path: 'containers', kind, reason: REASON }] }));

function found(kind: 'timeout' | 'denied' | 'failed'): string[] {
  const { findings } = evaluate(round([unread(kind)]).snapshot, [{ name: 'containers', rules }], []);
  return findings.map(({ severity, rule, node: at, subject, message }) => `${severity} ${rule} ${at} ${subject}: ${message}`);
}

describe('an engine', () => {
  it('that takes the question and never answers is told as silent', () => {
    expect(found('timeout')).toEqual([
      'warning containers/engine-silent vm4 engine: the container engine takes questions and does not answer: no whole answer within 3 s',
    ]);
  });

  it('that may not be asked, or whose socket was left behind, is not called silent', () => {
    expect([...found('denied'), ...found('failed')]).toEqual([]);
  });

  it('that is silent is named by an inspection, too', () => {
    expect(inspected([unread('timeout')]).map(line)).toContain('warn containers.engine vm4 engine');
  });
});
