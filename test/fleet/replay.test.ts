import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecording } from '../../src/fleet/replay.ts';

const DEMO = new URL('../../demo/fleet', import.meta.url).pathname;

describe('a recorded fleet', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ward-recording-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is read round by round, with its nodes, roles and the times of its reports', async () => {
    const recording = openRecording(DEMO);
    expect(recording.rounds).toBe(12);
    expect(recording.inventory.nodes.map(({ name, role }) => `${name} ${role}`)).toContain('vm4 apps');
    const [first, last] = [await recording.round(0), await recording.round(11)];
    expect(last.taken_at_ms - first.taken_at_ms).toBe(11 * 90_000);
    expect(first.nodes.every(({ report }) => report !== null)).toBe(true);
    expect(last.nodes.find(({ name }) => name === 'ns3')?.failure?.cause).toBe('timeout');
  });

  it('loses no value of the demo to doubt', async () => {
    const { nodes } = await openRecording(DEMO).round(11);
    expect(nodes.flatMap(({ report }) => report?.unknown.filter(({ kind }) => kind !== 'absent') ?? [])).toEqual([]);
  });

  it('may be one folder of reports, and what is no report is that of its node alone', async () => {
    writeFileSync(join(folder, 'a.json'), 'no report');
    const { nodes } = await openRecording(folder).round(0);
    expect(nodes.map(({ name, failure }) => [name, failure?.cause])).toEqual([['a', 'not-a-report']]);
  });

  it('that is not there is refused with exit 3 and its place', () => {
    expect(() => openRecording(join(folder, 'gone'))).toThrow(expect.objectContaining({ exit: 3, where: join(folder, 'gone') }));
  });
});
