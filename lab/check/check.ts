import { TMUX } from '../../test/tui/tmux-terminal.ts';
import { down } from '../down.ts';
import { faultsOf } from '../faults.ts';
import { killProcessesOf } from '../control-group.ts';
import type { LabKind } from '../kind.ts';
import { say } from '../run.ts';
import { hostNamed, readState, theLab } from '../state.ts';
import { up } from '../up.ts';
import { checkCluster } from './cluster-check.ts';
import { checkJsons, checkRefusals, checkStatuses, checkTexts } from './commands.ts';
import { checkExecutions } from './executions.ts';
import { keepConnectionsApart } from './connections.ts';
import { HEALTHY } from './expected.ts';
import { checkFields } from './fields-check.ts';
import { inspectHealthy } from './inspection.ts';
import { checkFault, seen } from './fault-check.ts';
import { checkInstall, hasExecutables } from './install-check.ts';
import { checkFaultsLive, checkKeys, checkTabs, SIZES } from './live/live-check.ts';
import { checkNothingLeft } from './leftovers-check.ts';
import { newTally, type Tally } from './tally.ts';
import { checkWithoutAgent } from './without-agent-check.ts';

/** Cold caches cost debootstrap and the builds of what a lab of the kind runs. */
const UP_S: Readonly<Record<LabKind, number>> = { plain: 1500, cluster: 3000, all: 4500 };

/** What to hold ward against, and whether the lab stays up afterwards. */
export interface CheckOptions {
  kind: LabKind;
  keep: boolean;
}

/** Holds ward against a lab of three hosts, healthy and broken in every way; gives whether all is as it should be. */
export async function check({ kind, keep }: CheckOptions): Promise<boolean> {
  const tally = newTally();
  const endConnections = keepConnectionsApart();
  // The lab is taken down all the same; a second signal ends this at once.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => tally.stop(`stopped by ${signal}`));
  const isUp = await tally.check('three hosts come up healthy', UP_S[kind], () => upOrOnceMore(kind));
  if (isUp) await (kind === 'plain' ? checkLab(tally) : checkCluster(tally, kind));
  else tally.skip('every check on hosts', 'no lab is up');
  await tally.check("ward's connections end", 30, endConnections, 'always');
  if (!keep) await tally.check('down leaves nothing behind', 60, leave, 'always');
  return tally.close();
}

async function checkLab(tally: Tally): Promise<void> {
  await tally.check('a host that was killed comes back with up', 90, upAgain);
  await tally.check('a healthy lab has no findings', 60, () => seen('the findings', HEALTHY));
  await tally.check('every host is called healthy', 60, checkStatuses);
  await tally.check('an inspection of a healthy lab finds nothing', 60, inspectHealthy);
  await tally.check('every subcommand prints text', 120, checkTexts);
  await tally.check('every subcommand prints JSON', 120, checkJsons);
  await tally.check('what cannot be done is refused', 30, checkRefusals);
  for (const host of theLab().hosts)
    await tally.check(`the report of ${host.name} is what its own programs say`, 60, () => checkFields(host.name));
  await checkLive(tally);
  await tally.check('a report starts few programs', 60, () => checkExecutions(hostNamed('ns1')));
  await tally.check('a host without an agent tells the same by what it has, down to its shell', 120, () =>
    checkWithoutAgent(hostNamed('ns3')),
  );
  await tally.check('an install on a fresh host with Node.js answers, and goes without a trace', 90, () => checkInstall('with Node.js'));
  const bare = 'an install on a fresh host without Node.js answers, and goes without a trace';
  if (hasExecutables()) await tally.check(bare, 120, () => checkInstall('without Node.js'));
  else tally.skip(bare, 'its agent is not built of this one (npm run build:agent)');
  for (const fault of await faultsOf('plain')) await tally.check(`fault ${fault}`, 450, () => checkFault(fault));
}

/** The live screen in a real terminal, by its keys alone. */
async function checkLive(tally: Tally): Promise<void> {
  if (TMUX === null) return tally.skip('the live screen', 'tmux is not installed');
  for (const [columns, rows] of SIZES) {
    const size = `${columns} x ${rows}`;
    await tally.check(`the live screen in ${size} shows every tab, and gives the terminal back`, 120, () => checkTabs(columns, rows));
    await tally.check(`every key of the live screen does in ${size} what its help says`, 300, () => checkKeys(columns, rows));
  }
  await tally.check('five faults come and go on the live screen', 450, checkFaultsLive);
}

/** The same, over hosts that are up already. */
export async function checkLiveAlone(): Promise<boolean> {
  const tally = newTally();
  theLab();
  const endConnections = keepConnectionsApart();
  await checkLive(tally);
  await tally.check("ward's connections end", 30, endConnections, 'always');
  return tally.close();
}

/** What `up` finds half made it makes anew: a second try must do where the first one met a busy machine. */
async function upOrOnceMore(kind: LabKind): Promise<void> {
  try {
    await up(3, kind);
  } catch (error) {
    say(`${(error as Error).message}; once more`);
    await up(3, kind);
  }
}

async function upAgain(): Promise<void> {
  killProcessesOf(hostNamed('ns2').machine);
  await up(3, 'plain');
}

async function leave(): Promise<void> {
  const lab = readState();
  await down();
  if (lab !== null) checkNothingLeft(lab);
}
