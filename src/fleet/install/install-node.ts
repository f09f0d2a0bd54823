import { randomBytes } from 'node:crypto';
import { agentFor } from './agent-file.ts';
import { type Admin, openSession, type Session } from './admin.ts';
import { hostFacts, type HostFacts } from './host.ts';
import { factsIn, LOOK } from './look.ts';
import { obstacleTo } from './obstacle.ts';
import { stepsTo } from './plan.ts';
import { reasonIn, type Step } from './step.ts';

/** What a person wants of one node. */
export interface InstallOptions {
  /** Of the built ward, with agent.cjs in it. */
  folder: string;
  keys: readonly string[];
  from: string | null;
  /** Only where an agent is already. */
  upgrade?: boolean;
  /** Only finds out what would be done. */
  dry: boolean;
  onStep?: (says: string) => void;
}

/** What came of it. `steps` are those that were done, or would be. */
export type Installed =
  | { kind: 'done'; says: string; steps: readonly Step[] }
  /** `reached` is false where one could not even log in; with `unsure` the connection ended under the step, and nobody knows whether it was done. */
  | { kind: 'failed'; reached: boolean; unsure: boolean; step: string; message: string; steps: readonly Step[] };

const NOTHING = 'there is no agent to bring up to date; put one there with: ward node install';
const LOOK_MS = 30_000;

/** Installs the agent on one node, or brings what is there to what is wanted. Whatever fails, what answered before still does. Never rejects. */
export async function installNode(admin: Admin, options: InstallOptions): Promise<Installed> {
  const session = await openSession(admin);
  if (typeof session === 'string') return failed('log in', session, { reached: false });
  try {
    return await over(session, options);
  } finally {
    await session.close();
  }
}

async function over(session: Session, options: InstallOptions): Promise<Installed> {
  const host = await lookAt(session);
  if (typeof host === 'string') return failed('look at it', host);
  if (options.upgrade === true && host.digests.size === 0) return failed('look at it', NOTHING);
  const agent = agentFor(host, options.folder);
  if (typeof agent === 'string') return failed('choose an agent', agent);
  const obstacle = obstacleTo(host, agent);
  if (obstacle !== null) return failed('look at it', obstacle);
  const steps = stepsTo(host, { agent, keys: options.keys, from: options.from, mark: randomBytes(4).toString('hex') });
  const says = host.node === null ? agent.says : `${agent.says} on Node.js ${host.node.version}`;
  return (options.dry ? null : await allDone(session, steps, options.onStep)) ?? { kind: 'done', says, steps };
}

/** Null when all of them were done; else which one was not, and why. */
export async function allDone(session: Session, steps: readonly Step[], onStep?: (says: string) => void): Promise<Installed | null> {
  for (const [at, step] of steps.entries()) {
    onStep?.(step.says);
    const problem = await doneOr(session, step);
    if (problem !== null) return failed(step.says, problem.message, { unsure: problem.unsure, steps: steps.slice(0, at) });
  }
  return null;
}

/** All that is known of the node before anything is changed; a text says why it cannot be known. */
export async function lookAt(session: Session): Promise<HostFacts | string> {
  const looked = await session.run(LOOK, { ms: LOOK_MS });
  if (looked.broken !== null) return looked.broken;
  const facts = factsIn(looked.stdout);
  return facts === null ? `its shell broke off: ${reasonIn(looked.stderr)}` : hostFacts(facts);
}

async function doneOr(session: Session, { script, ms, input }: Step): Promise<{ message: string; unsure: boolean } | null> {
  const done = await session.run(script, { ms, ...(input === undefined ? {} : { input }) });
  if (done.broken !== null) return { message: done.broken, unsure: true };
  return done.exit === 0 ? null : { message: reasonIn(done.stderr) || `it ended with ${done.exit}`, unsure: false };
}

/** A failure before anything was changed, unless `steps` or `unsure` says otherwise. */
export function failed(step: string, message: string, { reached = true, unsure = false, steps = [] as readonly Step[] } = {}): Installed {
  return { kind: 'failed', reached, unsure, step, message, steps };
}
