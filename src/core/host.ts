import type { Unknown } from './unknown.ts';

export interface FileFacts {
  /** Permission bits in octal, such as `600`. */
  mode: string;
  uid: number;
  size_bytes: number;
  /** Unix seconds. */
  modified_s: number;
}

export interface FileText {
  path: string;
  text: string;
}

export interface FileSystem {
  total_bytes: number;
  free_bytes: number;
  /** What an ordinary user may still use. */
  avail_bytes: number;
  /** 0 where the file system does not count inodes. */
  inodes: number;
  inodes_free: number;
}

export interface Ran {
  exit: number;
  stdout: string;
  stderr: string;
}

export interface HttpAnswer {
  status: number;
  body: string;
  /** From the question to the whole answer; only where it was asked for as `timed`, and the machine can tell. */
  took_ms?: number;
}

/** How an answer is wanted: `bytes` gives each byte as one character up to U+00FF, for what is no text; `timed` adds how long it took. */
export type HttpWish = 'bytes' | 'timed' | '';

/** A systemd unit as its manager describes it. `null` where systemd itself says "not set". */
export interface Unit {
  /** loaded, not-found, masked … */
  load_state: string;
  active_state: string;
  sub_state: string;
  /** enabled, disabled, static, masked …; empty where systemd says nothing. */
  unit_file_state: string;
  /** success, exit-code, signal, oom-kill …; for services only. */
  result: string | null;
  n_restarts: number | null;
  /** Unix microseconds of the last change into "active"; null if it never was. */
  active_enter_us: number | null;
  /** Unix microseconds of the last change of the active state. */
  state_change_us: number | null;
  memory_bytes: number | null;
  cpu_nsec: number | null;
  main_pid: number | null;
  exit_status: number | null;
}

/** A systemd timer and what it starts. `null` where systemd knows no such moment. */
export interface Timer {
  name: string;
  active_state: string;
  /** The unit that it starts. */
  starts: string;
  /** Unix microseconds. */
  last_trigger_us: number | null;
  /** Unix microseconds, of a timer that goes by the calendar. */
  next_calendar_us: number | null;
  /** Microseconds since the machine started, of a timer that goes by intervals. */
  next_uptime_us: number | null;
}

export interface JournalLine {
  /** Unix seconds. */
  at_s: number;
  text: string;
}

export interface Certificate {
  subject: string;
  issuer: string;
  names: string[];
  not_before_s: number;
  not_after_s: number;
  /** Whether a client that knows only the system's authorities would trust it for this name. */
  trusted: boolean;
  /** Why it would not, in the TLS library's word; empty if it would. */
  distrust: string;
  /** Its own first; only where it was asked for. */
  chain?: ChainLink[];
}

/** A certificate of a chain. */
export interface ChainLink {
  subject: string;
  issuer: string;
  /** Unix seconds. */
  not_before_s: number;
  not_after_s: number;
}

export interface Clock {
  unix_ms: number;
  uptime_s: number;
  /** New at every boot. */
  boot_id: string;
}

export interface RunningProgram {
  pid: number;
  /** The name of its file. */
  program: string;
}

export interface SocketOwner {
  inode: number;
  pid: number;
  program: string;
}

interface Path {
  path: string;
}

/**
 * All that may be asked of a machine: kind of question to [question, answer]. Questions are data, so that a machine
 * can be asked here, recorded, replayed or reached through one shell with the same collectors.
 */
export interface Questions {
  read: [Path, string];
  /** Every file that matches, `*` standing for a whole path segment or part of one. */
  readEach: [{ pattern: string }, FileText[]];
  list: [Path, string[]];
  stat: [Path, FileFacts];
  statfs: [Path, FileSystem];
  /** A program of the system's own folders, by name, with words. Its exit code is an answer. */
  run: [{ program: string; words: readonly string[] }, Ran];
  /** `to` is `http://HOST:PORT`, `https://HOST:PORT` or `unix:PATH`. Any status is an answer. */
  http: [{ method: string; to: string; path: string; body: string; as?: HttpWish }, HttpAnswer];
  /**
   * Connects to `HOST:PORT` or `unix:PATH`, sends, and reads until the text `until` came; both may be empty. `{hex of PATH}` in what is sent stands for
   * a file's bytes in hexadecimal, 64 at most: a secret that is in no question.
   */
  exchange: [{ to: string; send: string; until: string }, string];
  /** Asks the name server at `HOST:PORT`; each record as one text. */
  lookup: [{ server: string; name: string; type: 'A' | 'AAAA' | 'NS' | 'SOA' }, string[]];
  /** With `chain` all certificates that were shown come with it. */
  certificate: [{ to: string; name: string; as?: 'chain' | '' }, Certificate];
  unit: [{ name: string }, Unit];
  /** Names of the loaded units in this active state, such as `failed`. */
  units: [{ state: string }, string[]];
  /** All loaded timers. */
  timers: [Record<string, never>, Timer[]];
  /** The newest lines of a unit's log, oldest first. */
  journal: [{ unit: string; since_s: number; limit: number }, JournalLine[]];
  /** Which processes hold these sockets; those that may not be seen are left out. */
  owners: [{ inodes: readonly number[] }, SocketOwner[]];
  /** What these processes run, whatever they call themselves; those that may not be seen are left out. */
  programs: [{ pids: readonly number[] }, RunningProgram[]];
  clock: [Record<string, never>, Clock];
  pause: [{ ms: number }, number];
}

export type Kind = keyof Questions;
export type Question<K extends Kind> = Questions[K][0];
export type AnswerTo<K extends Kind> = Questions[K][1];

/** A machine that answers. It never rejects: whole answers, or an Unknown that says why there is none. */
export interface Host {
  ask<K extends Kind>(kind: K, question: Question<K>): Promise<AnswerTo<K> | Unknown>;
}
