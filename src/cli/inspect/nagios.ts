import { placeOf } from '../../inspect/inspection.ts';
import type { Inspected } from '../../inspect/report.ts';
import { totals } from '../../inspect/result.ts';
import { nagiosText } from '../monitor/nagios.ts';

/** An inspection in one line, and the exit code of a Nagios plugin. */
export function nagiosInspection({ snapshot, results, shown }: Inspected): { line: string; exit: 0 | 1 | 2 | 3 } {
  const { fail, warn, pass, skip } = totals(results);
  const isPartly = snapshot.nodes.some(({ name, report }) => shown.has(name) && report === null) || pass === 0;
  const exit = fail > 0 ? 2 : warn > 0 ? 1 : isPartly ? 3 : 0;
  const [worst] = results.filter(({ status }) => status === 'fail' || status === 'warn');
  const said = worst === undefined ? 'no check fails' : `${placeOf(worst)}: ${worst.message}`;
  const figures = `failed=${fail};;1;0 warned=${warn};1;;0 passed=${pass};;;0 skipped=${skip};;;0`;
  return { line: `${nagiosText(exit, `${fail} failed, ${warn} warned of ${results.length}; ${said}`)} | ${figures}`, exit };
}
