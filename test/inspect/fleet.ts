import type { NodeSnapshot } from '../../src/core/snapshot.ts';
import { inspect, placeOf } from '../../src/inspect/inspection.ts';
import type { Result } from '../../src/inspect/result.ts';
import { SECTIONS } from '../../src/subsystems/sections.gen.ts';
import { round } from '../cli/fleet.ts';

/** All results on these nodes, with nothing set. */
export function inspected(nodes: readonly NodeSnapshot[]): Result[] {
  return inspect(round(nodes).snapshot, [], { subsystems: [], nodes: new Set(nodes.map(({ name }) => name)) });
}

/** `fail system.disk ns2 /`. */
export function line(result: Result): string {
  return [result.status, result.id, placeOf(result), result.subject].join(' ').trim();
}

interface Shape {
  shape: Record<string, { safeParse(value: unknown): { success: boolean } }>;
}

/** A section of this subsystem in which every field that may be unknown is. */
export function nothingKnown(name: string): object {
  const { shape } = (SECTIONS as unknown as Record<string, Shape>)[name] ?? { shape: {} };
  const nothing = [null, [], { cpu: null, memory: null, io: null }];
  return Object.fromEntries(
    Object.entries(shape).map(([field, schema]) => [field, nothing.find((value) => schema.safeParse(value).success)]),
  );
}
