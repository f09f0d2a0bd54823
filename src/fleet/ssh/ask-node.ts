import { randomBytes } from 'node:crypto';
import { existsSync, unlinkSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { askpass } from './askpass.ts';
import type { Start } from './host-keys.ts';
import { type Keeping, keepingFor, keepOptions } from './keeping.ts';
import { type NoMaster, runOnKept } from './kept-connection.ts';
import { MOST_BYTES, type Outcome, outcomeOf } from './outcome.ts';
import type { PrivateFolder } from './private-folder.ts';
import { USER } from '../install/places.ts';
import { forcedCommand, remoteCommand, type Words } from './remote-command.ts';
import { type Limits, type Ran, runSsh } from './run-ssh.ts';
import { reachedAddress } from './ssh-lines.ts';
import { sshOptions, type Target } from './words.ts';

/** What all nodes of a round share. */
export interface Round extends Start {
  folder: PrivateFolder;
  timeout_ms: number;
  signal: AbortSignal | null;
}

/** What came of asking one node. */
export interface Asked {
  outcome: Outcome;
  /** What ssh printed last. */
  stderr: string;
  /** Unix milliseconds: when the node had let us in, or when we began, and when the answer was whole. */
  asked_at_ms: number;
  answered_at_ms: number;
  address: string | null;
  notes: string[];
}

/** A frame may be a little longer than the report in it. */
export const MOST_OUTPUT = MOST_BYTES + 64 * 1024;
/** Between tries, times the number of the try, and as much again by chance, so that a fleet does not come back all at once. */
const RETRY_MS = 300;
/** Less than this and another try would only be cut off. */
const SHORTEST_TRY_MS = 1_000;

/** What is asked, and how long one may take over it. */
export interface Asking {
  words: Words;
  /** Of performance.now(). */
  end_ms: number;
  onLogin?: () => void;
}

/** Asks one node until the end of its time; what throttles or resets us is tried again while there is time. */
export async function askNode(target: Target, round: Round, asking: Asking): Promise<Asked> {
  const { end_ms } = asking;
  let command = target.node.user === USER ? forcedCommand : remoteCommand;
  for (let attempt = 1; ; attempt += 1) {
    const asked = await once(target, round, asking, command);
    if (isForced(asked.outcome) && command !== forcedCommand) {
      command = forcedCommand;
      continue;
    }
    const left_ms = end_ms - performance.now();
    const pause_ms = RETRY_MS * attempt * (1 + Math.random());
    if (!isPassing(asked.outcome) || round.signal?.aborted === true || left_ms - pause_ms < SHORTEST_TRY_MS) return asked;
    await wait(pause_ms);
  }
}

function isPassing(outcome: Outcome): boolean {
  return outcome.kind === 'failure' && (outcome.cause === 'throttled' || outcome.cause === 'reset');
}

/** Whether the key may say nothing but the few words of the agent: its user stands in ssh_config, or has another name. */
function isForced(outcome: Outcome): boolean {
  return outcome.kind === 'failure' && outcome.forced === true;
}

/** The limits of one asking, worked out anew for each way that is tried, and when the node let us in, or else when this began. */
export function begun({ signal }: Round, { end_ms, onLogin }: Asking): { limits: () => Limits; asked_at_ms: () => number } {
  let at_ms = Date.now();
  const limits = (): Limits => ({
    // A master that hangs has taken its part already.
    ms: Math.max(1, end_ms - performance.now()),
    bytes: MOST_OUTPUT,
    signal,
    onLogin: () => {
      at_ms = Date.now();
      onLogin?.();
    },
  });
  return { limits, asked_at_ms: () => at_ms };
}

async function once(target: Target, round: Round, asking: Asking, line: typeof remoteCommand): Promise<Asked> {
  const nonce = randomBytes(16).toString('hex');
  const command = line(nonce, asking.words);
  const { limits, asked_at_ms } = begun(round, asking);
  const keeping = keepingFor(target, round.folder);
  const notes = keeping.problem === null ? [] : [keeping.problem];
  const kept = await overKept(keeping, command, limits());
  if (kept !== null && 'master' in kept) notes.push(`Its kept connection is passed by: ${kept.why}`);
  const way = kept !== null ? { path: null, problem: null } : keeping;
  const ran = kept !== null && 'stdout' in kept ? kept : await overSsh(target, round, { command, limits: limits(), way });
  const outcome = outcomeOf(ran, nonce, Math.round(round.timeout_ms / 1000));
  return {
    outcome,
    stderr: ran.stderr,
    asked_at_ms: asked_at_ms(),
    answered_at_ms: Date.now(),
    address: reachedAddress(ran.stderr),
    notes,
  };
}

/** Through the connection that was kept; null where there is none, and a dead socket is cleared away. */
async function overKept({ path }: Keeping, command: string, limits: Limits): Promise<Ran | (NoMaster & { master: 'hung' }) | null> {
  if (path === null || !existsSync(path)) return null;
  const ran = await runOnKept(path, command, limits);
  if ('stdout' in ran || ran.master === 'hung') return ran;
  removeQuietly(path);
  return null;
}

interface Run {
  command: string;
  limits: Limits;
  way: Keeping;
}

function overSsh(target: Target, round: Round, { command, limits, way }: Run): Promise<Ran> {
  const start = sshStart(target, round, { command, way });
  return 'problem' in start ? Promise.resolve(notStarted(start.problem)) : runSsh(round.program, start.words, start.env, limits);
}

/** The words and the environment by which ssh runs a command on a node, or why it cannot be started. */
export function sshStart(
  target: Target,
  { env, folder }: Round,
  { command, way }: Pick<Run, 'command' | 'way'>,
): { words: readonly string[]; env: NodeJS.ProcessEnv } | { problem: string } {
  const { node, ssh } = target;
  const host = node.host ?? '';
  const words = [...sshOptions(target, keepOptions(way, ssh.keep_s)), '--', host, command];
  if (node.password === null) return { words, env };
  if (folder.path === null) return { problem: `a password needs a private folder, and ${folder.problem}` };
  return { words, env: { ...env, ...askpass(folder.path, node, node.password) } };
}

/** A run of ssh that never began, for this reason. */
export function notStarted(problem: string): Ran {
  return { stdout: Buffer.alloc(0), stderr: problem, exit: null, end: 'not-started', in_name_lookup: false };
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Another ward was faster.
  }
}
