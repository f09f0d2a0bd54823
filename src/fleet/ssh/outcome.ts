import { ONLY } from '../../agent/forced-command.ts';
import { readFrame } from '../../agent/read-frame.ts';
import { visible } from '../../core/clean.ts';
import { EXIT } from '../../core/refusal.ts';
import type { FailureCause } from '../../core/snapshot.ts';
import { count } from '../../core/units.ts';
import { type Announced, announced } from './remote-command.ts';
import type { Ran } from './run-ssh.ts';
import { toldOnTheWay, type Where } from './on-the-way.ts';
import { atLogin } from './ssh-lines.ts';
import { told } from './told.ts';

/** What one asking of a node came to. */
export type Outcome =
  /** With `value` it is what the text would be parsed to. */
  | { kind: 'report'; text: string; via: 'ward' | 'orama' | 'sent' | 'shell'; notes: string[]; value?: unknown }
  /** Its agent knows the question and does not answer it. */
  | { kind: 'refused'; text: string }
  /** `runs` is the program that sudo would have to allow; `forced` that the key is one whose command is the agent; `where` that a jump host is the trouble. */
  | { kind: 'failure'; cause: FailureCause; message: string; runs?: string; forced?: true; where?: Where };

/** Output beyond this is no report: the agent's own limit is the same. */
export const MOST_BYTES = 8 * 1024 * 1024;

/**
 * What a run of ssh says about the node: its frame first, for only the node's agent can have made it; then the lines of our own command, then ssh's
 * words. The exit code alone decides nothing. `over_s` is how long it was given.
 */
export function outcomeOf(ran: Ran, nonce: string, over_s: number): Outcome {
  const frame = readFrame(ran.stdout, nonce);
  if (frame.kind === 'whole') return framedReport(frame.payload, frame.exit, frame.noise);
  if (ran.end === 'too-large') return failure('too-large', `it sent more than ${count(MOST_BYTES / 1024 / 1024)} MiB and was cut off`);
  if (ran.end === 'aborted') return failure('other', 'the asking was broken off here');
  if (ran.end === 'not-started') return failure('other', `ssh could not be started: ${line(ran.stderr)}`);
  if (frame.kind === 'replay') return failure('replay', 'it answered with the frame of another request: an old report, or somebody else’s');
  if (frame.kind === 'damaged') return failure('not-a-report', 'what arrived is not what the agent sent: the digests differ');
  if (frame.kind === 'truncated')
    return failure('truncated', `its report broke off at byte ${count(frame.at_bytes)} of ${count(frame.of_bytes)}`);
  return withoutFrame(ran, nonce, over_s);
}

function framedReport(text: string, exit: number, noise: string): Outcome {
  if (exit === EXIT.notAllowed || exit === EXIT.usage) return { kind: 'refused', text };
  if (exit !== 0) return failure('agent-broken', `its agent ended with ${exit}`);
  return { kind: 'report', text, via: 'ward', notes: noteOf(withoutOwnLines(noise)) };
}

function withoutFrame(ran: Ran, nonce: string, over_s: number): Outcome {
  const said = announced(ran.stdout.toString('utf8'), nonce);
  const { before, after } = atLogin(ran.stderr);
  const loggedIn = said.by !== null || after !== '' || before !== ran.stderr;
  if (said.unframed?.exit === 0) return { kind: 'report', text: said.unframed.text, via: 'orama', notes: noteOf(said.noise) };
  if (ran.end === 'deadline') return late(ran, said.by, loggedIn, over_s);
  if (!loggedIn) return refusedBy(before);
  return brokenThere(ran, said, after);
}

function refusedBy(stderr: string): Outcome {
  return toldBy(stderr) ?? failure('other', `ssh says: ${line(stderr) || 'nothing'}`);
}

/** Of the way to the node, else of the node itself; null where ssh said nothing that is known. */
function toldBy(stderr: string): Outcome | null {
  const known = toldOnTheWay(stderr) ?? told(stderr);
  return known === null ? null : { kind: 'failure', ...known };
}

function late({ in_name_lookup, stderr }: Ran, by: Announced['by'], loggedIn: boolean, over_s: number): Outcome {
  if (by !== null) return failure('hung', `logged in and began its report, which did not come within ${over_s} s`);
  if (loggedIn) return failure('hung', `logged in, and its shell did not begin within ${over_s} s`);
  if (in_name_lookup) return failure('dns', `no name server told its address within ${over_s} s`);
  return toldBy(stderr) ?? failure('handshake', `the login did not come about within ${over_s} s`);
}

const SUDO =
  /^sudo: (?:a password is required|a terminal is required|no tty present|.*is not in the sudoers|.*not allowed)|^Sorry, user .* is not allowed to (?:execute|run)|is not in the sudoers file|exec: sudo: not found|sudo: not found/m;

/** What our own line says that cannot answer at all. */
const NOTHING_THERE = {
  none: 'logged in, but neither ward nor its agent is installed there',
  'no-node': 'logged in, but its agent needs Node.js 20 or newer, and there is none',
} as const;

function brokenThere(ran: Ran, said: Announced, after: string): Outcome {
  const { by, path } = said;
  if (by === null) return silentThere(ran, after);
  if (by === 'none' || by === 'no-node') return failure('no-agent', NOTHING_THERE[by]);
  if (by === 'unusable') return failure('agent-broken', `${visible(path)} is there and may not be run`);
  const errors = withoutSsh(after);
  if (SUDO.test(errors)) return { kind: 'failure', cause: 'sudo', message: sudoMessage(errors), runs: path };
  return endedEarly(ran, said, errors);
}

/** Something was run, and no report came of it. */
function endedEarly({ exit }: Ran, { by, unframed }: Announced, errors: string): Outcome {
  if (unframed?.exit === null) {
    return failure('truncated', `the report of its orama broke off at byte ${count(unframed.text.trim().length)}, with no end said`);
  }
  // ssh ends with 255 where the node's program was killed by a signal, and where that ended with 255 itself.
  const killed = exit === null || KILLED.includes(exit) || (exit === 255 && errors === '');
  if (killed) return failure('truncated', 'its agent ended, or was killed, before it had sent anything');
  return failure(
    'agent-broken',
    `its ${by === 'agent' ? 'agent' : by} does not run: ${line(errors) || `it ended with ${exit} and said nothing`}`,
  );
}

/** A shell's own exit codes for SIGKILL and SIGTERM. */
const KILLED: readonly number[] = [137, 143];

/** Logged in, and our command never began: a restricted shell, a forced command that is not ours, a connection that broke off. */
function silentThere(ran: Ran, after: string): Outcome {
  if (after.includes(ONLY)) return { kind: 'failure', cause: 'not-a-report', message: `its agent refuses: ${ONLY}`, forced: true };
  const text = ran.stdout.toString('utf8').trim();
  if (text.startsWith('{')) return { kind: 'report', text, via: 'orama', notes: [] };
  if (text !== '') return failure('not-a-report', `what it sent is no report: ${line(text)}`);
  const known = ran.exit === 255 ? told(after) : null;
  if (known !== null) return failure(known.cause, known.message);
  const errors = line(withoutSsh(after));
  return failure('not-a-report', `logged in, and it answered nothing${errors === '' ? '' : `; it says: ${errors}`}`);
}

function sudoMessage(errors: string): string {
  if (/not found/.test(errors)) return 'logged in, but not as root, and sudo is not installed there';
  if (/not allowed|not in the sudoers/.test(errors)) return 'logged in, but sudo does not let this user make the report';
  return 'logged in, but sudo asks for a password';
}

/** ssh's own words at the end of a session are none of the node's. */
function withoutSsh(stderr: string): string {
  return stderr.replaceAll(/^(?:Transferred: sent|Bytes per second: sent|Connection to \S+ closed|Shared connection to).*$/gm, '').trim();
}

function withoutOwnLines(noise: string): string {
  return noise.replaceAll(/^WARDROUND-VIA \S+ .*$/gm, '').trim();
}

function noteOf(noise: string): string[] {
  return noise === '' ? [] : [`Its shell printed ${count(Buffer.byteLength(noise))} bytes before the report: ${line(noise)}`];
}

function failure(cause: FailureCause, message: string): Outcome {
  return { kind: 'failure', cause, message };
}

/** The first line with something in it, at most so many characters of it, all of them visible. */
export function line(text: string, most = 80): string {
  const first = text.trimStart().slice(0, 400).split('\n', 1)[0] ?? '';
  const clean = visible(first.trim());
  return clean.length > most ? `${clean.slice(0, most - 1)}…` : clean;
}
