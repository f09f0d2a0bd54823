import { faultNamed, faultsOf } from '../faults.ts';
import type { LabKind } from '../kind.ts';
import { theLab } from '../state.ts';
import { checkJsons, checkStatuses, checkTexts } from './commands.ts';
import { HEALTHY } from './expected.ts';
import { checkFault, seen } from './fault-check.ts';
import { checkFields } from './fields-check.ts';
import { HUNG, checkHung } from './hung-check.ts';
import { inspectHealthy } from './inspection.ts';
import type { Tally } from './tally.ts';

/** What a cluster is held against: as a plain lab, and its own faults. Those that must wait until its nodes have joined come last. */
export async function checkCluster(tally: Tally, kind: LabKind): Promise<void> {
  await tally.check('a healthy cluster has no findings', 60, () => seen('the findings', HEALTHY));
  await tally.check('every host is called healthy', 60, checkStatuses);
  await tally.check('an inspection of a healthy cluster finds nothing', 60, inspectHealthy);
  await tally.check('every subcommand prints text', 150, checkTexts);
  await tally.check('every subcommand prints JSON', 150, checkJsons);
  for (const host of theLab().hosts)
    await tally.check(`the report of ${host.name} is what its own programs say`, 90, () => checkFields(host.name));
  const faults = await faultsOf(kind);
  for (const [name, { fault, section }] of Object.entries(HUNG).filter(([, hung]) => faults.includes(hung.fault)))
    await tally.check(`with ${name} hung the report comes in time and has all the rest`, 90, () => checkHung(fault, section));
  for (const fault of faults) await checkFaultOrSkip(tally, fault);
  if (kind === 'cluster') for (const fault of await faultsOf('all')) tally.skip(`fault ${fault}`, 'it needs a lab with --cluster --all');
}

async function checkFaultOrSkip(tally: Tally, name: string): Promise<void> {
  const reason = (await faultNamed(name)).cannot?.() ?? null;
  if (reason === null) await tally.check(`fault ${name}`, 450, () => checkFault(name));
  else tally.skip(`fault ${name}`, reason);
}
