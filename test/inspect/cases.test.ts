import { describe, expect, it } from 'vitest';
import { judged } from '../../src/cli/monitor/judged.ts';
import { CLUSTER } from '../../src/core/rule.ts';
import { inspect } from '../../src/inspect/inspection.ts';
import { SUBSYSTEMS } from '../../src/subsystems/all.gen.ts';
import { casesOf, snapshotOf } from '../cases/case.ts';
import { line } from './fleet.ts';

const cases = SUBSYSTEMS.flatMap((subsystem) =>
  casesOf(subsystem, new URL(`../../src/subsystems/${subsystem.name}/cases/`, import.meta.url).pathname),
);
const named = cases.map((each) => [each.folder.split('/').slice(-3).join('/').replace('/cases', ''), each] as const);

async function inspectedCase(each: (typeof cases)[number]) {
  const { snapshot } = await snapshotOf(each);
  const nodes = new Set(snapshot.nodes.map(({ name }) => name));
  return { snapshot, results: inspect(snapshot, [], { subsystems: [], nodes }) };
}

describe('an inspection', () => {
  it.each(named.filter(([name]) => /\/healthy/.test(name)))('fails nothing in %s', async (_name, each) => {
    const { results } = await inspectedCase(each);
    expect(results.filter(({ status }) => status === 'pass').length).toBeGreaterThan(0);
    expect(results.filter(({ status }) => status === 'fail').map((one) => `${line(one)}: ${one.message}`)).toEqual([]);
  });

  it.each(named.filter(([name]) => !/\/healthy/.test(name)))('leaves out nothing that the monitor finds in %s', async (_name, each) => {
    const { snapshot, results } = await inspectedCase(each);
    const said = new Set(
      results.filter(({ status }) => status === 'fail' || status === 'warn').map(({ node, message }) => `${node}: ${message}`),
    );
    const lost = judged(snapshot, [])
      .findings.map(({ node, message }) => `${node === CLUSTER ? '' : node}: ${message}`)
      .filter((each) => !said.has(each));
    expect(lost).toEqual([]);
  });
});
