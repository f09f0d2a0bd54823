import { EXIT, type Exit } from '../../core/refusal.ts';
import type { Rule } from '../../core/rule.ts';
import type { Table } from '../../core/view.ts';
import type { ListingGiven } from '../args/listing-options.ts';
import type { Io } from '../io.ts';
import { printListing } from '../listing.ts';
import { watchedByName } from '../monitor/judged.ts';
import { tableLines } from '../render/table.ts';
import { pageText } from '../render/page.ts';

/** Lists every rule with what it tells, its levels, where they come from and what it needs to know. */
export async function rules(io: Io, given: ListingGiven): Promise<Exit> {
  const options = { names: new Set<string>(), all: true };
  await printListing(io, given, ruleObjects(), (terminal) =>
    pageText(
      terminal,
      watchedByName().map(({ name, rules: all }) => tableLines(terminal, tableOf(name, all), options)),
    ),
  );
  return EXIT.fine;
}

function ruleObjects(): object[] {
  return watchedByName().flatMap(({ name, rules: all }) => all.map((rule) => ruleObject(name, rule)));
}

function ruleObject(subsystem: string, rule: Rule): object {
  const { name, severity, about, source, levels, orama, next } = rule;
  const acrossNodes = 'compare' in rule;
  return {
    rule: `${subsystem}/${name}`,
    subsystem,
    severity,
    about,
    source,
    levels,
    orama: orama ?? {},
    needs: acrossNodes ? [] : rule.needs,
    across_nodes: acrossNodes,
    next: next ?? null,
  };
}

function tableOf(subsystem: string, all: readonly Rule[]): Table {
  return {
    kind: 'table',
    columns: [
      { title: subsystem, min: 22, max: 32, priority: 1 },
      { title: 'SEVERITY', min: 13, priority: 1 },
      { title: 'WHAT IT TELLS', min: 40, priority: 1 },
    ],
    count: String(all.length),
    rows: all.map((rule) => ({ cells: [`${subsystem}/${rule.name}`, rule.severity], across: `${rule.about}${levelsText(rule)}` })),
    note: '',
  };
}

/** ` Levels: warning 85, critical 90 (settled); in profile orama: warning 90.` */
function levelsText({ levels, orama, source }: Rule): string {
  const written = (each: object) =>
    Object.entries(each)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ');
  const own = written(levels);
  const there = written(orama ?? {});
  return ` ${own === '' ? 'No levels' : `Levels: ${own}`} (${source})${there === '' ? '' : `; in profile orama: ${there}`}.`;
}
