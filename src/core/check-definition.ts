import type { ProbeCheck } from './probe-check.ts';
import type { Found, Rule } from './rule.ts';
import type { NodeSnapshot } from './snapshot.ts';
import { count } from './units.ts';

/** How much depends on a check, apart from how it went. */
export type Importance = 'critical' | 'high' | 'medium' | 'low';

/**
 * A check of `ward inspect` is one or more rules under the name that people know it by. A rule of the monitor is named; a rule that
 * only the inspector holds is given whole, and has the same shape. Rules that no definition names are checks by themselves.
 */
export interface CheckDefinition {
  /** As in `rqlite.responsive`. `*` stands for a subject. */
  id: string;
  rules: readonly (string | Rule)[];
  importance: Importance;
  /** Only what its rules find on this subject, or on such ones, belongs to it. */
  subject?: string | ((subject: string) => boolean);
  /** A warning of its rules fails it; else only something critical does. */
  fails?: true;
  /**
   * Paths within the section that must be known for a pass: `ready`, `filesystems[].use_pct`. Without it: what the rules need,
   * with everything in it.
   */
  needs?: readonly string[];
  /** One result for each of these subjects, in place of one for the node. */
  subjects?(section: never): readonly string[];
  /** Nodes on which it makes sense; all that have the section if left out. */
  concerns?(node: NodeSnapshot): boolean;
  /** Whether it is one of each node or one of the fleet, where that is not plain from its rules. */
  each?: 'node' | 'cluster';
  /** What nodes try for it in an inspection; it then has no rules. */
  probe?: ProbeCheck;
  /** Why it cannot be asked: then it is always a skip. */
  unasked?: string;
}

/** What a rule of one field is told by. */
export interface FieldRule<T, K extends keyof T> {
  name: string;
  severity: 'critical' | 'warning' | 'info';
  field: K;
  about: string;
  subject: string;
  /** What was asked to know the field. */
  asked: string;
  wrong(value: NonNullable<T[K]>, section: T, node: NodeSnapshot): boolean;
  message(value: NonNullable<T[K]>, section: T): string;
  /** What it should be, in words; empty if the message says all. */
  limit?: string;
  next?: Rule['next'];
}

const SOURCE = "Orama's inspector";

/** A rule on one field of a section: `fieldRule<Rqlite>()({ field: 'has_leader', wrong: (has) => !has … })`. */
export function fieldRule<T>() {
  return <K extends keyof T & string>(told: FieldRule<T, K>): Rule => ({
    name: told.name,
    severity: told.severity,
    about: told.about,
    source: SOURCE,
    levels: {},
    needs: [told.field],
    ...(told.next === undefined ? {} : { next: told.next }),
    find: (section: T, _levels: never, { node }): Found[] => {
      const value = section[told.field] as NonNullable<T[K]>;
      if (!told.wrong(value, section, node)) return [];
      const evidence = { asked: told.asked, answered: `${told.field} is ${JSON.stringify(value)}`, limit: told.limit ?? '' };
      return [{ subject: told.subject, message: told.message(value, section), evidence }];
    },
  });
}

/** What a rule of one number is told by: above `warning` it warns, above `critical` it fails. */
export interface NumberRule<K> {
  name: string;
  field: K;
  about: string;
  subject: string;
  asked: string;
  levels: { warning: number; critical?: number };
  /** Goes behind the number and its limit, such as ` MiB`. */
  unit: string;
  /** What the number is of: `CoreDNS holds`. */
  what: string;
  next?: Rule['next'];
}

/** A rule on one number of a section, with levels that a person may set. */
export function numberRule<T>() {
  return <K extends keyof T & string>(told: NumberRule<K>): Rule => ({
    name: told.name,
    severity: 'warning',
    about: told.about,
    source: SOURCE,
    levels: { ...told.levels },
    needs: [told.field],
    ...(told.next === undefined ? {} : { next: told.next }),
    find: (section: T, levels: { warning: number; critical?: number }): Found[] => {
      const value = Number(section[told.field]);
      if (value <= levels.warning) return [];
      const critical = levels.critical !== undefined && value > levels.critical;
      const limit = count((critical ? levels.critical : undefined) ?? levels.warning);
      return [
        {
          subject: told.subject,
          severity: critical ? 'critical' : 'warning',
          message: `${told.what} ${count(value)}${told.unit} (limit ${limit})`,
          evidence: { asked: told.asked, answered: `${told.field} is ${value}`, limit },
        },
      ];
    },
  });
}

/** A check that only tells: it passes where the field is known. */
export function told<T>() {
  return (id: string, field: keyof T & string): CheckDefinition => ({
    id,
    importance: 'low',
    rules: [
      fieldRule<T>()({
        ...{ name: `${field.replaceAll('_', '-')}-known`, severity: 'info', field, subject: field },
        about: `Tells ${field}; never a finding.`,
        asked: field,
        wrong: () => false,
        message: () => '',
      }),
    ],
  });
}
