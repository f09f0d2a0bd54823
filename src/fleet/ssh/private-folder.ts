import { lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** A folder that nobody else can look into, or why there is none. */
export type PrivateFolder = { path: string; problem: null } | { path: null; problem: string };

/** Makes or checks this person's folder for sockets: in XDG_RUNTIME_DIR, else in /tmp under a name of the person's own. */
export function privateFolder(env: NodeJS.ProcessEnv = process.env): PrivateFolder {
  const uid = process.getuid?.() ?? 0;
  const runtime = env['XDG_RUNTIME_DIR'];
  const path = runtime?.startsWith('/') ? join(runtime, 'wardround') : `/tmp/wardround-${uid}`;
  const problem = notMade(path) ?? notPrivate(path, uid);
  return problem === null ? { path, problem } : { path: null, problem };
}

function notMade(path: string): string | null {
  try {
    mkdirSync(path, { mode: 0o700 });
    return null;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'EEXIST' ? null : `${path} cannot be made: ${message}`;
  }
}

/** Not even through a link: somebody else could have put it there. */
function notPrivate(path: string, uid: number): string | null {
  const facts = lstatSync(path);
  if (!facts.isDirectory()) return `${path} is not a folder`;
  if (facts.uid !== uid) return `${path} belongs to user ${facts.uid}`;
  return (facts.mode & 0o077) === 0 ? null : `${path} is open to others (mode ${(facts.mode & 0o777).toString(8)})`;
}
