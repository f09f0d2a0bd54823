import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAULT } from '../../src/core/ask.ts';
import type { Registered } from '../../src/core/subsystem.ts';
import { SUBSYSTEMS } from '../../src/subsystems/all.gen.ts';
import { SECTIONS } from '../../src/subsystems/sections.gen.ts';
import { type Case, casesOf, replayed, snapshotOf } from './case.ts';
import { page } from './page.ts';
import { differences, tornTexts } from './torn.ts';

/** The registry's type names each section; here all are alike. */
const schemas: Record<string, { safeParse(value: unknown): { error?: { issues: unknown[] } | undefined } }> = SECTIONS;
const FOLDER = new URL('../../src/subsystems/', import.meta.url).pathname;

describe.each(SUBSYSTEMS)('$name', (subsystem: Registered) => {
  const cases = casesOf(subsystem, join(FOLDER, subsystem.name, 'cases'));
  const named = cases.map((each) => [each.folder.split('/').at(-1) ?? '', each] as const);

  it('has a healthy, a broken, a not-installed and a hostile case', () => {
    const names = named.map(([name]) => name);
    for (const kind of ['healthy', 'hostile', ...(alwaysHere(subsystem) ? [] : ['not-installed'])]) {
      expect(names.some((name) => name.startsWith(kind)), `a case whose name begins with ${kind}`).toBe(true);
    }
    expect(names.length).toBeGreaterThanOrEqual(alwaysHere(subsystem) ? 3 : 4);
  });

  it.each(named)('case %s shows what is on record', async (_name, one: Case) => {
    const { snapshot, missing } = await snapshotOf(one);
    expect(missing, 'questions without an answer').toEqual([]);
    for (const { name, report } of snapshot.nodes) {
      const section = report?.[subsystem.name] ?? null;
      expect(report?.unknown.filter(({ reason }) => reason.includes(FAULT)) ?? []).toEqual([]);
      if (section === null) continue;
      expect(schemas[subsystem.name]?.safeParse(section).error?.issues ?? []).toEqual([]);
      await expect(`${JSON.stringify(section, null, 1)}\n`).toMatchFileSnapshot(join(one.folder, `${name}.json`));
    }
    await expect(page(subsystem, snapshot)).toMatchFileSnapshot(join(one.folder, 'expected.txt'));
  });

  it.each(named.filter(([name]) => name.startsWith('healthy')))('case %s, torn, turns values into null and nothing else', async (_name, one: Case) => {
    for (const { name, text } of one.nodes) {
      const whole = (await replayed(subsystem, name, text)).node.report?.[subsystem.name] ?? null;
      for (const torn of tornTexts(text)) {
        const { node } = await replayed(subsystem, name, torn.text);
        expect(node.report?.unknown.filter(({ reason }) => reason.includes(FAULT)) ?? [], torn.what).toEqual([]);
        expect(differences(whole, node.report?.[subsystem.name] ?? null), torn.what).toEqual([]);
      }
    }
  });
});

/** A section that every machine has cannot be "not installed". */
function alwaysHere({ name }: Registered): boolean {
  return ['system', 'processes', 'network'].includes(name);
}
