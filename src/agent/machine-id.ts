import type { Host } from '../core/host.ts';
import { Unknown } from '../core/unknown.ts';
import { builtin } from '../hosts/local/builtin.ts';

/** A hash of a machine's own id, and when the file that holds the id was written. */
export interface MachineId {
  hash: string;
  modified_s: number;
}

const FILE = { path: '/etc/machine-id' };

/**
 * The same for clones, and of no use to whoever sees it: the id itself is confidential (machine-id(5)). Null where there is none.
 * An earlier one holds while its file does, for what it takes to make one costs a tenth of a report.
 */
export async function machineIdOf(host: Host, earlier: MachineId | undefined): Promise<MachineId | null> {
  const facts = await host.ask('stat', FILE);
  if (facts instanceof Unknown) return null;
  const { modified_s } = facts;
  if (earlier?.modified_s === modified_s) return earlier;
  const text = await host.ask('read', FILE);
  const id = text instanceof Unknown ? '' : text.trim();
  if (!/^[0-9a-f]{32}$/.test(id)) return null;
  const { createHash } = await builtin('node:crypto');
  return { hash: createHash('sha256').update(`wardround${id}`).digest('hex').slice(0, 32), modified_s };
}
