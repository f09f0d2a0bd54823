import type { Json } from './figure.ts';

/** The value at a path such as `store.raft.state` or `0.State`; undefined where the path leads nowhere. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce((inner, key) => (inner as Json | null | undefined)?.[key], value);
}

/** What a program's JSON says at a path; nothing, which equals nothing, where it says nothing there. */
export function inJson(path: string): (output: string) => unknown {
  return (output) => at(JSON.parse(output), path) ?? '';
}
