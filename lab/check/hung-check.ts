import { AGENT } from '../agent.ts';
import { breakFault, faultNamed, mendFault } from '../faults.ts';
import { LabError, run } from '../run.ts';
import { sshWords, UNATTENDED } from '../ssh.ts';
import { hostNamed, type LabHost } from '../state.ts';

/** Programs that hang in a fault, taking questions and never answering: and the only section of a report that may lack then. */
export const HUNG: Readonly<Record<string, { fault: string; section: string }>> = {
  dockerd: { fault: 'dockerd-hung', section: 'containers' },
  rqlite: { fault: 'follower-stopped', section: 'rqlite' },
  Kubo: { fault: 'kubo-hung', section: 'ipfs' },
};

/** An agent ends at its own deadline whatever lacks; a report that came so late waited for what hangs. */
const DEADLINE_MS = 10_000;

/** Beyond it: logging in on a busy machine. */
const LIMIT_S = 20;

/** What an agent says of a rate where the last report is too fresh or too old. */
const TOO_SOON = 'no earlier look serves';

interface Report {
  collect_ms: number;
  states: Record<string, string>;
  unknown: { path: string; reason: string }[];
}

/** Hangs the program, and holds the host's report to come in time, with no more unknown outside of the program's section than before. */
export async function checkHung(fault: string, section: string): Promise<void> {
  const host = hostNamed((await faultNamed(fault)).host);
  // Rates stand only in a report that follows another one.
  reported(host);
  const before = reported(host);
  try {
    await breakFault(fault);
    const { states, unknown, collect_ms } = reported(host);
    if (collect_ms >= DEADLINE_MS) throw new LabError(`the report took ${collect_ms} ms while ${section} hangs`);
    if (unknown.every(({ path }) => sectionOf(path) !== section)) throw new LabError(`nothing of ${section} is unknown, though it hangs`);
    const lost = unknown
      .filter(({ path, reason }) => sectionOf(path) !== section && !reason.includes(TOO_SOON) && !wasUnknown(path, before))
      .map(({ path }) => path);
    const changed = Object.keys(states).filter((name) => name !== section && states[name] !== before.states[name]);
    if (lost.length + changed.length > 0) throw new LabError(`also unknown while ${section} hangs: ${[...lost, ...changed].join(', ')}`);
  } finally {
    await mendFault(fault);
  }
}

function reported(host: LabHost): Report {
  return JSON.parse(run(sshWords(host, ['node', AGENT, 'report', '--json'], UNATTENDED), { limit_s: LIMIT_S })) as Report;
}

/** Whether the value, or what holds it, was unknown already. */
function wasUnknown(path: string, { unknown }: Report): boolean {
  return unknown.some((each) => path === each.path || path.startsWith(`${each.path}.`) || path.startsWith(`${each.path}[`));
}

function sectionOf(path: string): string {
  return /^[^.[]*/.exec(path)?.[0] ?? '';
}
