import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/core/evaluate.ts';
import { rules } from '../../../src/subsystems/ipfs/rules.ts';
import { node, report, round } from '../../cli/fleet.ts';
import { nothingKnown } from '../../inspect/fleet.ts';

function found(section: object): string[] {
  const ipfs = { ...nothingKnown('ipfs'), unit: 'orama-ipfs.service', cluster_unit: 'orama-ipfs-cluster.service', ...section };
  const { findings } = evaluate(round([node('ns2', report({ ipfs }))]).snapshot, [{ name: 'ipfs', rules }], []);
  return findings.map(({ severity, rule, subject, state }) => `${severity} ${rule} ${subject} ${state}`).sort();
}

describe('IPFS Cluster that does not answer', () => {
  it('follows from its own Kubo where that does not answer either, for it waits for that', () => {
    expect(found({ daemon_responsive: false, cluster_responsive: false })).toEqual([
      'critical ipfs/cluster-down ipfs-cluster muted',
      'critical ipfs/daemon-down kubo firing',
    ]);
  });

  it('is a finding of its own where Kubo answers', () => {
    expect(found({ daemon_responsive: true, cluster_responsive: false })).toEqual(['critical ipfs/cluster-down ipfs-cluster firing']);
  });
});
