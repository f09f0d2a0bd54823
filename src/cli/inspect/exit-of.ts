import { EXIT, type Exit } from '../../core/refusal.ts';
import type { Inspected } from '../../inspect/report.ts';
import { totals } from '../../inspect/result.ts';
import type { FailOn } from '../monitor/wants.ts';

/** How an inspection ends: nothing read goes before partly read, that before failed checks. */
export function exitOf({ snapshot, results, shown }: Inspected, failOn: FailOn): Exit {
  const nodes = snapshot.nodes.filter(({ name }) => shown.has(name));
  const silent = nodes.filter(({ report }) => report === null).length;
  if (silent === nodes.length) return EXIT.nothing;
  if (silent > 0) return EXIT.partial;
  return isReached(results, failOn) ? EXIT.findings : EXIT.fine;
}

function isReached(results: Inspected['results'], failOn: FailOn): boolean {
  if (failOn === 'never') return false;
  const { fail, warn } = totals(results);
  return fail > 0 || (failOn !== 'critical' && warn > 0);
}
