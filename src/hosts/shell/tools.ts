import { notAsked, Unknown } from '../../core/unknown.ts';
import { seconds } from '../local/limits.ts';
import { type Mounts, mountsIn } from '../local/mounts.ts';
import type { Reply } from './replies.ts';
import type { Request } from './request.ts';

/** What a host has that answers questions. */
export interface Tools {
  /** Names of programs. */
  programs: ReadonlySet<string>;
  systemd: boolean;
  /** Whether its wget is GNU's, which gives the body of an error too. */
  gnu_wget: boolean;
  /** By which paths are known that may never answer. */
  mounts: Mounts;
}

/** What is asked first; who has to log in before gives it time for that. */
export const hello = (ms = 5_000): Request => ({
  kind: 'hello',
  words: [],
  ms,
  late: `the shell there said nothing within ${seconds(ms)}`,
  bytes: 0,
});

/** Begins the table of mounts. */
const MOUNTS = '\nmounts\n';

/** What the shell says of the host when it begins. */
export function toolsIn(reply: Reply | Unknown): Tools | Unknown {
  if (reply instanceof Unknown) return reply;
  const [said = '', mountinfo = ''] = (reply.parts[0]?.bytes.toString('utf8') ?? '').split(MOUNTS);
  const lines = said.split('\n');
  return {
    // Where it is part of the shell itself, as in busybox, it has no folder.
    programs: new Set(lines.flatMap((line) => /^(?:\/\S*\/)?([a-z_0-9]+)$/.exec(line)?.[1] ?? []).filter((name) => name !== 'systemd')),
    systemd: lines.includes('systemd'),
    gnu_wget: lines.some((line) => line.startsWith('GNU Wget')),
    mounts: mountsIn(mountinfo),
  };
}

/** Why no program that may hang is started there; null where it can be ended with all that it started. */
export function cannotEnd({ programs }: Tools): Unknown | null {
  return programs.has('setsid')
    ? null
    : notAsked('failed', 'no program is started there, for setsid, with which it can be ended, is not installed');
}
