import type { NodeSnapshot } from '../../../core/snapshot.ts';

/** How every JSON object on a node begins; `error` says why it gave no report, null if it did. */
export function nodeFacts({ name, host, role, report, failure }: NodeSnapshot): {
  host: string;
  name: string;
  role: string;
  error: string | null;
} {
  return { host: host ?? report?.hostname ?? name, name, role, error: failure?.message ?? null };
}
