import { printableJson, visible } from '../../core/clean.ts';
import type { NodeConfig } from '../../fleet/node-config.ts';
import { inspectionJson } from '../../inspect/inspection-json.ts';
import { inspect, probesFor } from '../../inspect/inspection.ts';
import { junit } from '../../inspect/junit.ts';
import { markdown } from '../../inspect/markdown.ts';
import type { Endpoint } from '../../inspect/ai/endpoint.ts';
import type { AiAnswer, Inspected } from '../../inspect/report.ts';
import { fileName, saveIn } from '../../inspect/save.ts';
import { exitOf } from '../inspect/exit-of.ts';
import { nagiosInspection } from '../inspect/nagios.ts';
import { inspectPage } from '../inspect/page.ts';
import { probed } from '../inspect/probed.ts';
import { subsystemNames } from '../inspect/subsystem-names.ts';
import type { InspectWants } from '../inspect/wants.ts';
import type { Io } from '../io.ts';
import { fleetFor } from '../monitor/fleet-for.ts';
import { reaches } from '../../fleet/reach.ts';
import { takeRound } from '../monitor/take-round.ts';
import { pageText } from '../render/page.ts';
import { terminalOf } from '../render/terminal.ts';

/** Asks the machines once, holds every check against their answers, and asks a model about what is wrong where that is wished. */
export async function inspectCommand(io: Io, wants: InspectWants): Promise<number> {
  const subsystems = subsystemNames(wants.subsystem);
  const endpoint = wants.ai === null ? null : (await ai()).endpointFor(io, wants.ai);
  const { inventory, nodes, shown, recording } = await fleetFor(io, wants);
  const { snapshot } = await takeRound(io, { inventory, nodes, shown, recording, wants });
  const wanted = { subsystems, nodes: shown };
  const tried = recording === null && !wants.agentless ? await probed(io, probesFor(snapshot, wanted), { inventory, nodes, wants }) : null;
  const results = inspect(snapshot, inventory.settings, wanted, tried);
  const inspected: Inspected = { snapshot, results, shown, ai: [] };
  if (wants.nagios) return nagios(io, inspected);
  if (wants.ai?.dryRun === true) await (await ai()).printPayload(io, inspected, wants.ai);
  else await answer(io, inspected, { wants, nodes, endpoint });
  return exitOf(inspected, wants.failOn);
}

const ai = async () => import('../inspect/ai-answers.ts');

interface Asking {
  wants: InspectWants;
  nodes: readonly NodeConfig[];
  endpoint: Endpoint | null;
}

async function answer(io: Io, inspected: Inspected, { wants, nodes, endpoint }: Asking): Promise<void> {
  const questions = endpoint === null ? null : (await ai()).questionsFor(io, inspected, endpoint);
  const terminal = terminalOf(io.stdout, io.env);
  let said: readonly AiAnswer[] = [];
  if (wants.format === 'table') {
    const page = pageText(terminal, inspectPage(inspected, { terminal, wants, reach: reaches(nodes) }));
    await (questions === null ? io.page(page) : io.print(page));
    if (questions !== null) said = await (await ai()).printed(io, questions, terminal);
  } else {
    if (questions !== null) said = await (await ai()).gathered(io, questions);
    await io.print(textOf({ ...inspected, ai: said }, wants.format));
  }
  if (wants.output !== null) save(io, { ...inspected, ai: said }, wants.output);
}

function textOf(inspected: Inspected, format: Exclude<InspectWants['format'], 'table'>): string {
  if (format === 'json') return `${printableJson(inspectionJson(inspected), 2)}\n`;
  return format === 'junit' ? junit(inspected) : markdown(inspected);
}

function save(io: Io, inspected: Inspected, folder: string): void {
  const { environment, taken_at_ms } = inspected.snapshot;
  const path = saveIn(folder, fileName(environment, taken_at_ms), markdown(inspected));
  io.say(`ward: saved in ${visible(path)}\n`);
}

async function nagios(io: Io, inspected: Inspected): Promise<number> {
  const { line, exit } = nagiosInspection(inspected);
  await io.print(`${line}\n`);
  return exit;
}
