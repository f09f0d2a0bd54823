import { printableJson } from '../../core/clean.ts';
import { EXIT, Refusal } from '../../core/refusal.ts';
import { chosen, inEnvironment } from '../../fleet/inventory.ts';
import { inspectionJson } from '../../inspect/inspection-json.ts';
import { inspect } from '../../inspect/inspection.ts';
import type { Inspected } from '../../inspect/report.ts';
import { exitOf } from '../inspect/exit-of.ts';
import { inspectPage } from '../inspect/page.ts';
import { subsystemNames } from '../inspect/subsystem-names.ts';
import type { InspectWants } from '../inspect/wants.ts';
import type { Io } from '../io.ts';
import { inventoryFor } from '../monitor/inventory-for.ts';
import { reaches } from '../monitor/reach.ts';
import { takeRound } from '../monitor/take-round.ts';
import { pageText } from '../render/page.ts';
import { terminalOf } from '../render/terminal.ts';

/** Asks the machines once and holds every check against their answers. */
export async function inspectCommand(io: Io, wants: InspectWants): Promise<number> {
  const subsystems = subsystemNames(wants.subsystem);
  const inventory = await inventoryFor(io, wants);
  const nodes = inEnvironment(inventory, wants.env);
  const shown = chosen(nodes, wants);
  const asked = { inventory, nodes, shown, wants, recording: null };
  const { snapshot } = await takeRound(io, asked);
  const inspected: Inspected = { snapshot, results: inspect(snapshot, inventory.settings, { subsystems, nodes: shown }), shown };
  const terminal = terminalOf(io.stdout, io.env);
  if (wants.format === 'json') await io.print(`${printableJson(inspectionJson(inspected), 2)}\n`);
  else
    await (wants.format === 'table' ? io.page : io.print)(
      pageText(terminal, inspectPage(inspected, { terminal, wants, reach: reaches(nodes) })),
    );
  if (inspected.results.length === 0) throw new Refusal(EXIT.nothing, 'nothing was checked');
  return exitOf(inspected, wants.failOn);
}
