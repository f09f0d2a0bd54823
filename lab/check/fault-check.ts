import { uptime } from 'node:os';
import { awaitJoined } from '../cluster/joined.ts';
import { breakFault, faultNamed, mendFault } from '../faults.ts';
import { say, until } from '../run.ts';
import { theLab } from '../state.ts';
import { difference, type Expected, expectedOf, HEALTHY } from './expected.ts';
import { inspectBroken } from './inspection.ts';
import { alerts, type Shown } from './ward.ts';

/** A finding that has not come or gone after so long comes too late; what is seen first always counts, however long ward took. */
const LIMIT_S = 20;

/** Breaks, waits until ward shows what is expected and nothing else, has it inspected, mends, and waits until it shows a healthy lab again. */
export async function checkFault(name: string): Promise<void> {
  const expected = expectedOf(name);
  const { machine_up_s = 0, joined = false, tried = [] } = await faultNamed(name);
  await until(`this machine is up for ${machine_up_s} s`, machine_up_s, () => uptime() >= machine_up_s);
  if (joined) await awaitJoined(theLab().hosts);
  try {
    await breakFault(name);
    const { findings, exit } = await seen('the findings', expected);
    say(`with ${name} ward shows: ${findings.join(', ')}, exit ${exit}`);
    await inspectBroken(expected, tried);
  } finally {
    await mendFault(name);
  }
  await seen('after it was mended, the findings', HEALTHY);
}

/** Waits until ward shows just that, and gives what it shows then. */
export async function seen(what: string, expected: Expected): Promise<Shown> {
  let shown: Shown = { findings: [], exit: 0 };
  let differs = '';
  const same = () => {
    shown = alerts();
    differs = difference(expected, shown);
    return differs === '';
  };
  await until(`${what} are those expected`, LIMIT_S, same, () => differs);
  return shown;
}
