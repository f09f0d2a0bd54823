import type { Asked } from '../../core/section.ts';
import { absent, unparsed } from '../../core/unknown.ts';
import type { Pressure } from './section.ts';

/** One file of /proc/pressure (Documentation/accounting/psi.rst of the kernel). */
export function pressure(text: string): Asked<Pressure> {
  const lines = new Map(
    [...text.matchAll(/^(some|full) avg10=(\d+\.\d+) avg60=(\d+\.\d+) /gm)].map(([, name, avg10, avg60]) => [
      name,
      { avg10: Number(avg10), avg60: Number(avg60) },
    ]),
  );
  const some = lines.get('some');
  if (some === undefined) throw unparsed('no line some');
  return { some, full: lines.get('full') ?? absent('this kernel does not tell it') };
}
