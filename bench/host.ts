import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { AGENT } from '../lab/agent.ts';
import { rootOf } from '../lab/hosts.ts';
import { entering } from '../lab/inside.ts';
import { readState } from '../lab/state.ts';
import { costTable, goals, SHELL_LINE } from './agent.ts';
import { type Contender, goalTable, machine, race } from './measure.ts';

const NAIVE = '/var/tmp/naive-collector.mjs';

/** One report of a host of the lab, where systemd, WireGuard and all that is watched are there, against what one would write by hand. */
export function benchHost(rounds: number): string {
  const host = readState()?.hosts[0];
  if (host === undefined) return 'left out: no lab is up; start one with: npm run lab -- up 3';
  copyFileSync('bench/peers/naive-collector.mjs', join(rootOf(host), NAIVE));
  const contenders: Contender[] = [
    { name: 'node -e 0', words: ['node', '-e', '0'] },
    { name: 'agent.cjs report', words: ['node', AGENT, 'report', '--json'], rest_ms: 1_000 },
    { name: 'naive collector, 35 programs', words: ['node', NAIVE] },
    { name: 'shell one-liner', words: ['/bin/sh', '-c', SHELL_LINE] },
  ];
  const costs = race(contenders, rounds, entering(host, []));
  return [machine(), `on ${host.name} of the lab`, '', costTable(costs), '', goalTable(goals(costs))].join('\n');
}
