import { existsSync, readFileSync } from 'node:fs';
import { Unknown } from '../../core/unknown.ts';
import { nearFiles } from '../../hosts/shell/files.ts';
import { toolsOf } from '../../hosts/shell/host.ts';
import { nodeThere } from '../../hosts/shell/version.ts';
import { OLDEST_NODE } from '../install/host.ts';
import type { Asked, Asking, Round } from '../ssh/ask-node.ts';
import { type Outcome, outcomeOf } from '../ssh/outcome.ts';
import { reachedAddress } from '../ssh/ssh-lines.ts';
import type { Target } from '../ssh/words.ts';
import { Login } from './login.ts';
import { nodeFileOn } from './node-file.ts';
import { shellReport } from './shell-report.ts';

/** How a node without an agent is asked. */
export interface Agentless extends Pick<Asking, 'end_ms' | 'onLogin'> {
  /** The file of the agent for Node.js, to be run there from memory; null where none is to be sent. */
  bundle: string | null;
}

/** Less than this and another try would only be cut off. */
const SHORTEST_TRY_MS = 1_000;

/**
 * Asks a node on which nothing of ours is installed, by one login: where it has Node.js from 20 on, the agent is sent along and run from memory; else the
 * collectors run here and ask its shell. Nothing is written there either way.
 */
export async function askShell(target: Target, round: Round, agentless: Agentless): Promise<Asked> {
  const { asked, sent } = await askedOnce(target, round, agentless);
  const again = sent && asked.outcome.kind === 'failure' && agentless.end_ms - performance.now() > SHORTEST_TRY_MS;
  if (!again) return asked;
  // Its Node.js does not serve; its shell does.
  return (await askedOnce(target, round, { ...agentless, bundle: null })).asked;
}

async function askedOnce(target: Target, round: Round, agentless: Agentless): Promise<{ asked: Asked; sent: boolean }> {
  const login = new Login(target, round, agentless.end_ms);
  const times = { asked_at_ms: Date.now() };
  const { onLogin } = agentless;
  const onShell = () => {
    times.asked_at_ms = Date.now();
    onLogin?.();
  };
  const over = login.over.then((ran) => outcomeOf(ran, login.nonce, Math.round(round.timeout_ms / 1000)));
  const made = madeThere(login, target, { ...agentless, onLogin: onShell }).then((outcome) => outcome ?? over);
  const outcome = asMade(await Promise.race([over, made]), login.nonce !== '');
  login.close();
  const { errors: stderr } = login;
  return {
    asked: { outcome, stderr, ...times, answered_at_ms: Date.now(), address: reachedAddress(stderr), notes: [] },
    sent: login.nonce !== '',
  };
}

/** The report that the shell's answers make; null where what was sent along makes it, or nothing comes. */
async function madeThere(login: Login, target: Target, { bundle, onLogin, end_ms }: Agentless): Promise<Outcome | null> {
  const left_ms = Math.max(1, end_ms - performance.now());
  const tools = toolsOf(login.talk, left_ms);
  const sends = bundle !== null && existsSync(bundle);
  // Its own file goes with the first questions: what all others are depends on it.
  const early = nearFiles({ ask: (request) => login.talk.ask(request), left: () => left_ms });
  const [hello, node, profile] = await Promise.all([tools(), sends ? nodeThere(login.talk, left_ms) : null, nodeFileOn(early)]);
  if (hello instanceof Unknown) return null;
  onLogin?.();
  if (sends && node !== null && node.major >= OLDEST_NODE) {
    login.handOver(node.path, readFileSync(bundle));
    return null;
  }
  return { kind: 'report', text: await shellReport(login.talk, { target, tools, profile, end_ms }), via: 'shell', notes: [] };
}

function asMade(outcome: Outcome, was_sent: boolean): Outcome {
  return outcome.kind === 'report' && was_sent ? { ...outcome, via: 'sent' } : outcome;
}
