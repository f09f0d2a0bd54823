import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { rootOf } from './hosts.ts';
import { PROJECT } from './places.ts';
import type { LabHost } from './state.ts';

/** Where ward looks for the agent on a node. */
export const AGENT = '/usr/local/lib/wardround/agent.cjs';

/** The agent as the project builds it. */
export const BUILT_AGENT = join(PROJECT, 'dist/agent.cjs');

/** Puts an agent on the host, whole or not at all. */
export function putAgent(host: LabHost, file: string): void {
  const place = join(rootOf(host), AGENT);
  mkdirSync(join(place, '..'), { recursive: true });
  copyFileSync(file, `${place}.half`);
  renameSync(`${place}.half`, place);
}

/** Puts the project's own agent on the host, if it was built. */
export function putBuiltAgent(host: LabHost): void {
  if (existsSync(BUILT_AGENT)) putAgent(host, BUILT_AGENT);
}
