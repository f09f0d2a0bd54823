import type { CheckDefinition } from './check-definition.ts';
import type { Collector } from './collect.ts';
import type { NodeSection, Rule } from './rule.ts';
import type { Snapshot } from './snapshot.ts';
import type { AskedSection } from './section.ts';
import type { MaybeSteps } from './steps.ts';
import type { Ask } from './ask.ts';
import type { Profile } from './profile.ts';
import type { Block, Cell, Column, Table } from './view.ts';

/** One more column of the Nodes table. */
export interface NodeColumn<T> extends Column {
  cell(section: T): Cell;
  /** Where the value's way over the rounds is worth a look. */
  curve?: Curve<T>;
}

/** How a value is drawn over the rounds: from 0 to `top`, always, so that rows compare. */
export interface Curve<T> {
  value(section: T): number | null;
  top: number;
  /** Above these it is drawn as wrong. */
  warning: number;
  critical: number | null;
  /** As a bar, where a list has no room for all curves. */
  bar: boolean;
}

/** How a subsystem shows, as data: the same for tables, live screen, pages and docs. */
export interface Columns<T> {
  /** One line for a node: begins with the problem, if there is one. */
  summary(at: NodeSection<T>): Cell;
  /** What a node's own page shows of it. */
  page?(at: NodeSection<T>): readonly Block[];
  /** Columns that every list of nodes carries. */
  nodes?: readonly NodeColumn<T>[];
  /** Tables of the whole fleet: the subcommand's and the tab's content. What takes long for many nodes pauses between them. */
  fleet?(fleet: readonly NodeSection<T>[], snapshot: Snapshot): MaybeSteps<readonly Table[]>;
}

/** One thing that we watch: everything about it in one value. */
export interface Subsystem<T = unknown> {
  /** Its name for people, such as `WireGuard`. */
  title: string;
  /** The title within a sentence, where it is no name: `containers`. */
  noun?: string;
  /** One sentence for the docs: what it tells. */
  about: string;
  /** Name of its tab, where it has one. */
  tab?: string;
  /** Lists and pages show lower ones first. */
  order: number;
  collect: (ask: Ask, profile: Profile) => AskedSection<T>;
  rules: readonly Rule[];
  /** What `ward inspect` calls its rules, and what it looks at beyond them; rules that are not named here are checks by themselves. */
  checks?: readonly CheckDefinition[];
  columns: Columns<T>;
}

/** A subsystem as the registry holds it: named after its folder, whatever its section. */
export interface Registered extends Omit<Subsystem<never>, 'collect'> {
  name: string;
  collect: Collector<never>;
}

/** Ties the parts of a subsystem together: the default export of its folder's `index.ts`. */
export function defineSubsystem<T>(subsystem: Subsystem<T>): Subsystem<T> {
  return subsystem;
}
