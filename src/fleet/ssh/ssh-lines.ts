/** `Authenticated to NAME ([ADDRESS]:PORT) using "publickey".`, as ssh says at level VERBOSE. A way through a jump host has no address. */
const LOGGED_IN = /^Authenticated to \S+ (?:\(\[([^\]]+)\]:\d+\)|\(via proxy\)) using "([\w-]+)"\.?\r?$/m;

/** Whether ssh has said that the node let us in. */
export function isLoggedIn(stderr: string): boolean {
  return LOGGED_IN.test(stderr);
}

/** The address that ssh reached in the end; null through a jump host or before login. */
export function reachedAddress(stderr: string): string | null {
  return LOGGED_IN.exec(stderr)?.[1] ?? null;
}

/** What ssh itself said before login, and all that came after: there a line may be the node's own. */
export function atLogin(stderr: string): { before: string; after: string } {
  const line = LOGGED_IN.exec(stderr);
  if (line === null) return { before: stderr, after: '' };
  return { before: stderr.slice(0, line.index), after: stderr.slice(line.index + line[0].length) };
}
