/** One thing that is done on a node, by one command that may be run again without harm. */
export interface Step {
  /** Of few words, for a list: `send agent.cjs (147 KiB)`. */
  says: string;
  /** POSIX shell that runs as root; without single quotes, backslashes, `!` and line ends. */
  script: string;
  ms: number;
  input?: Buffer;
  /** For `--dry-run`: what goes in, where a person can read it. */
  shown?: string;
}

const REASONS: readonly (readonly [pattern: RegExp, sentence: string])[] = [
  [/No space left on device|write error.*space|Disk quota exceeded/i, 'no space is left there'],
  [/Read-only file system/i, 'its file system is mounted read-only'],
  [/cannot execute binary file|Exec format error|syntax error.*unexpected/i, 'the executable does not fit its processor or its C library'],
  [/\/agent\S*: (?:Permission denied|not found|No such file)/i, 'it may not run programs there (noexec), or its C library does not fit'],
  [/unable to lock|cannot lock|try again later/i, 'its list of users is locked by another program; try again in a while'],
  [/Operation not permitted/i, 'it does not let even root do that: the file may be marked as unchangeable (lsattr tells)'],
  [/(\w+): (?:command )?not found/i, 'a program that this needs is not there'],
];

/** Why a step failed, from what it printed, in words where they are known. */
export function reasonIn(stderr: string): string {
  const [first = ''] = stderr.trim().split('\n').slice(-1);
  const known = REASONS.find(([pattern]) => pattern.test(stderr))?.[1];
  return known === undefined ? first : `${known} (${first})`;
}
