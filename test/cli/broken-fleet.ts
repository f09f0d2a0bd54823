import type { NodeSnapshot } from '../../src/core/snapshot.ts';
import { SUBSYSTEMS } from '../../src/subsystems/all.gen.ts';
import { casesOf, snapshotOf } from '../cases/case.ts';
import { node, report } from './fleet.ts';

/** What a terminal might obey, hide or reorder. */
export const HARMFUL =
  /[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff]|[\u{e0000}-\u{e0fff}]/u;

/** Sections of one report by their names. */
export type BrokenSections = Record<string, object>;

/** Reports in which much is wrong, from the subsystems' own cases. */
export async function brokenReports(): Promise<BrokenSections[]> {
  const all = SUBSYSTEMS.map(async (subsystem) => {
    const folder = new URL(`../../src/subsystems/${subsystem.name}/cases/`, import.meta.url).pathname;
    const cases = casesOf(subsystem, folder).filter(({ folder: path }) => path.includes('/broken'));
    const snapshots = await Promise.all(cases.map(async (each) => (await snapshotOf(each)).snapshot));
    return snapshots
      .slice(0, 1)
      .flatMap(({ nodes }) =>
        nodes.flatMap(({ report: told }) => (told?.[subsystem.name] ? [{ [subsystem.name]: told[subsystem.name] as object }] : [])),
      );
  });
  return (await Promise.all(all)).flat();
}

/** Words of the kernel and of systemd, without which nothing would be wrong. */
const KEPT = /(?:state|result|watch|kind|type)$/;

/** The value with the payload behind each text in it. */
function spoilt(value: unknown, payload: string, key = ''): unknown {
  if (typeof value === 'string') return KEPT.test(key) ? value : value + payload;
  if (Array.isArray(value)) return value.map((item) => spoilt(item, payload, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, spoilt(inner, payload, name)]));
}

/** Nodes that send these reports with the payload behind each text, and one that does not answer and says it too. */
export function nodesWith(payload: string, reports: readonly BrokenSections[]): NodeSnapshot[] {
  const more = {
    hostname: `h${payload}`,
    version: `1${payload}`,
    unknown: [{ path: 'system.x', kind: 'failed' as const, reason: `why${payload}` }],
  };
  const answered = reports.map((sections, at) =>
    node(`n${at}`, report(spoilt(sections, payload) as Record<string, object>, more), { notes: [`noise${payload}`] }),
  );
  return [...answered, node('gone', { cause: 'other', message: `said${payload}`, next: `look${payload}` })];
}
