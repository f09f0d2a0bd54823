import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { askpass } from '../ssh/askpass.ts';
import type { Start } from '../ssh/host-keys.ts';
import { type Keeping, keepOptions } from '../ssh/keeping.ts';
import { line } from '../ssh/outcome.ts';
import type { PrivateFolder } from '../ssh/private-folder.ts';
import { type Ran, runSsh } from '../ssh/run-ssh.ts';
import { atLogin } from '../ssh/ssh-lines.ts';
import { told } from '../ssh/told.ts';
import { sshOptions, type Target } from '../ssh/words.ts';

/** How a node is reached by the one who may install. */
export interface Admin extends Start {
  target: Target;
  folder: PrivateFolder;
  signal: AbortSignal | null;
}

/** What one command on a node came to; `broken` says why it could not be run to its end, and then nobody knows how far it came. */
export type Done = { exit: number; stdout: string; stderr: string; broken: null } | { broken: string };

/** One login, over which many commands run as root. */
export interface Session {
  /** Runs these lines of POSIX shell; they hold no single quote, no backslash, no `!` and no line end, so that any login shell passes them on. */
  run(script: string, limits: { ms: number; input?: Buffer }): Promise<Done>;
  /** Ends the kept connection. */
  close(): Promise<void>;
}

const KEEP_S = 60;
const MOST_BYTES = 1024 * 1024;
const LOGIN_MS = 20_000;
const HEAD = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; LC_ALL=C; export PATH LC_ALL; umask 022';

/** Logs in and finds out how to be root there; a text says why that did not come about. */
export async function openSession(admin: Admin): Promise<Session | string> {
  const way = ownWay(admin.folder);
  const who = await bare(admin, way, 'id -u', { ms: LOGIN_MS });
  if (who.broken !== null) return who.broken;
  const root = who.stdout.trim() === '0';
  const session: Session = {
    run: (script, limits) => marked(admin, way, `${root ? '' : 'sudo -n '}/bin/sh -c`, { script, ...limits }),
    close: () => closed(admin, way),
  };
  if (root) return session;
  const tried = await session.run('id -u', { ms: LOGIN_MS });
  if (tried.broken === null && tried.stdout.trim() === '0') return session;
  await session.close();
  return tried.broken ?? `it is root in name only: ${line(tried.stderr)}`;
}

/** A connection of this install alone: what else is kept open belongs to another user or another command. */
function ownWay(folder: PrivateFolder): Keeping {
  if (folder.path === null) return { path: null, problem: folder.problem };
  return { path: join(folder.path, `i${randomBytes(6).toString('hex')}`), problem: null };
}

interface Asked {
  script: string;
  ms: number;
  input?: Buffer;
}

/** Runs it with a mark behind, by which a command that failed is told from a connection that did. */
async function marked(admin: Admin, way: Keeping, shell: string, { script, ...limits }: Asked): Promise<Done> {
  if (/['\\!\n]/.test(script)) throw new Error(`a login shell could change this command: ${script}`);
  const mark = randomBytes(8).toString('hex');
  const done = await bare(admin, way, `exec ${shell} '${HEAD}; ( ${script} ); echo "ward-end ${mark} $?"'`, limits);
  if (done.broken !== null) return done;
  const end = new RegExp(`^ward-end ${mark} (\\d+)$`, 'm').exec(done.stdout);
  if (end === null) return { broken: rootless(done.stderr) ?? 'the connection broke off' };
  return { ...done, exit: Number(end[1]), stdout: done.stdout.slice(0, end.index) };
}

/** sudo's refusal, in words. */
function rootless(stderr: string): string | null {
  if (/sudo: not found|sudo: command not found|No such file or directory.*sudo|unknown command: sudo/i.test(stderr))
    return 'the login is not root, and sudo is not installed there';
  if (/^sudo: |is not in the sudoers|not allowed to/m.test(stderr))
    return `the login is not root, and sudo does not let it become root without a password: ${line(stderr)}`;
  return null;
}

async function bare(
  { target, program, env, folder, signal }: Admin,
  way: Keeping,
  command: string,
  { ms, input }: { ms: number; input?: Buffer },
): Promise<Done> {
  const { node } = target;
  const host = node.host ?? '';
  const words = [...sshOptions(target, keepOptions(way, KEEP_S)), '--', host, command];
  const withPassword = node.password === null || folder.path === null ? {} : askpass(folder.path, node, node.password);
  const ran = await runSsh(
    program,
    words,
    { ...env, ...withPassword },
    { ms, bytes: MOST_BYTES, signal, ...(input === undefined ? {} : { input }) },
  );
  return doneOf(ran, ms);
}

/** What a run came to: the node's own exit, or why there is none. 255 is ssh's, or that of a program that was killed there. */
function doneOf(ran: Ran, ms: number): Done {
  const { before, after } = atLogin(ran.stderr);
  if (ran.end === 'exit' && ran.exit !== null && ran.exit !== 255)
    return { exit: ran.exit, stdout: ran.stdout.toString('utf8'), stderr: after === '' ? before : after, broken: null };
  return { broken: told(before)?.message ?? whyBroken(ran, line(after || before), ms) };
}

function whyBroken({ end }: Ran, said: string, ms: number): string {
  const ends: Readonly<Record<Ran['end'], string>> = {
    exit: `the connection broke off${said === '' ? '' : `: ${said}`}`,
    deadline: `it was not done within ${Math.round(ms / 1000)} s`,
    aborted: 'it was broken off here',
    'too-large': 'it printed more than 1 MiB',
    'not-started': `ssh could not be started: ${said}`,
  };
  return ends[end];
}

async function closed({ target, program, env }: Admin, way: Keeping): Promise<void> {
  if (way.path === null) return;
  await runSsh(program, [...sshOptions(target, keepOptions(way, KEEP_S)), '-O', 'exit', '--', target.node.host ?? ''], env, {
    ms: 5_000,
    bytes: MOST_BYTES,
    signal: null,
  });
}
