import type { Finding } from '../core/rule.ts';
import type { Registered } from '../core/subsystem.ts';
import { SUBSYSTEMS } from '../subsystems/all.gen.ts';

/** One tab: of the fleet as such, or of a subsystem that has one. */
export interface Tab {
  title: string;
  /** Where there is little room. */
  short: string;
  subsystem: Registered | null;
  /** Findings whose sign the tab wears. */
  concerns(finding: Finding): boolean;
}

const SHORT: Readonly<Record<string, string>> = { 'WG Mesh': 'Mesh', Namespaces: 'Names', Containers: 'Conts' };

function own(title: string, concerns: Tab['concerns']): Tab {
  return { title, short: title, subsystem: null, concerns };
}

/** All tabs in their order; subsystems bring theirs. */
export const TABS: readonly Tab[] = [
  own('Overview', () => false),
  own('Nodes', ({ rule }) => /^(?:ssh|system|fleet|report)\//.test(rule)),
  ...SUBSYSTEMS.flatMap((subsystem): Tab[] => {
    const { tab: title, name } = subsystem;
    return title === undefined
      ? []
      : [{ title, short: SHORT[title] ?? title, subsystem, concerns: (finding) => finding.subsystem === name }];
  }),
  own('Alerts', () => true),
];
