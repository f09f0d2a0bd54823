import type { FailureCause } from '../../core/snapshot.ts';

/** What ssh said went wrong before the node let us in. */
export interface Told {
  cause: FailureCause;
  /** A sentence's rest after "Does not answer: " or by itself. */
  message: string;
}

type Tell = [pattern: RegExp, cause: FailureCause, message: (...groups: string[]) => string];

/** ssh(1)'s own lines, in the words of OpenSSH 8 to 10. The first that fits wins, so the more exact ones come first. */
const TELLS: readonly Tell[] = [
  [/REMOTE HOST IDENTIFICATION HAS CHANGED/, 'host-key-changed', () => 'host key changed; nothing was sent'],
  [/REVOKED HOST KEY DETECTED/, 'host-key-changed', () => 'its host key is marked as revoked; nothing was sent'],
  [
    /No \S+ host key is known for|Host key verification failed/,
    'host-key-unknown',
    () => 'not enrolled: its host key is not known here; nothing was sent',
  ],
  [/Could not resolve hostname (\S+): (.+)/, 'dns', (name, why) => `the name ${name} does not resolve: ${lowerFirst(why)}`],
  [
    /Unable to negotiate .*: no matching (.+) found\. Their offer: (.+)/,
    'handshake',
    (what, offer) => `no common ${what}: the node offers only ${offer}`,
  ],
  [
    /banner line (?:too long|contains invalid)|first 1024|banner exchange: .*(?:invalid format|too long)|Bad (?:remote )?protocol|Protocol major versions differ/i,
    'handshake',
    () => 'what listens there does not speak SSH',
  ],
  [/timed out during banner exchange|banner exchange: .*timed out/, 'handshake', () => 'it accepted the connection and then said nothing'],
  [
    /Permission denied \(([^)]*)\)/,
    'authentication',
    (ways) => `login refused; the node takes ${ways === '' ? 'nothing that we have' : ways.replaceAll(',', ', ')}`,
  ],
  [/Too many authentication failures/, 'authentication', () => 'login refused: too many keys were tried'],
  [/Permission denied, please try again/, 'authentication', () => 'login refused: the password is wrong'],
  [/Not allowed at this time|Exceeded MaxStartups/, 'throttled', () => 'its sshd takes no more connections at the moment'],
  [/kex_exchange_identification: .*Connection reset|Connection reset by/, 'reset', () => 'the connection was reset before the greeting'],
  [
    /kex_exchange_identification: .*[Cc]losed|Connection closed by/,
    'throttled',
    () => 'the connection was closed before the greeting, as sshd does when it has too many',
  ],
  [/Connection refused/, 'refused', () => 'connection refused'],
  [/No route to host|Host is down/, 'unreachable', () => 'no route to it'],
  [/Network is unreachable/, 'unreachable', () => 'this machine has no network that leads there'],
  [/Connection timed out|Operation timed out/, 'timeout', () => 'connection timed out'],
  [
    /Timeout, server \S+ not responding|Broken pipe|Connection to \S+ closed|client_loop: send disconnect/,
    'reset',
    () => 'the connection broke off',
  ],
];

/** The cause by what ssh printed before login; null where none of it is known. */
export function told(before: string): Told | null {
  for (const [pattern, cause, message] of TELLS) {
    const groups = pattern.exec(before);
    if (groups !== null) return { cause, message: message(...groups.slice(1).map((group) => group.trim())) };
  }
  return null;
}

/** The fingerprint of the key that a node showed instead of the known one, and the line of the known one. */
export function changedKey(before: string): { seen: string | null; file: string | null; line: number } {
  const seen = /^(SHA256:[A-Za-z0-9+/]{43})\.?\r?$/m.exec(before)?.[1] ?? null;
  const [, file = null, line = '0'] = /^Offending \S+ key in (.+):(\d+)\r?$/m.exec(before) ?? [];
  return { seen, file, line: Number(line) };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
