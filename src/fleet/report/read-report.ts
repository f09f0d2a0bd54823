import type { Report } from '../../core/report.ts';

export type Read = { kind: 'report'; report: Report; via: 'ward' | 'orama'; notes: string[] } | { kind: 'refused'; cause: 'not-a-report'; message: string };

/** thin */
export function readReport(text: string, via: 'ward' | 'orama', _at: number): Read {
  return { kind: 'report', report: JSON.parse(text) as Report, via, notes: [] };
}
