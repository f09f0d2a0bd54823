import { lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** A folder that nobody else can look into, or why there is none. */
export type PrivateFolder = { path: string; problem: null } | { path: null; problem: string };

/** Makes or checks this person's folder for sockets: in XDG_RUNTIME_DIR, else in /tmp under a name of the person's own. */
export function privateFolder(env: NodeJS.ProcessEnv = process.env): PrivateFolder {
  const uid = process.getuid?.() ?? 0;
  const runtime = env['XDG_RUNTIME_DIR'];
  const path = runtime?.startsWith('/') ? join(runtime, 'wardround') : `/tmp/wardround-${uid}`;
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') return { path: null, problem: `${path} cannot be made: ${message}` };
  }
  const facts = lstatSync(path);
  if (!facts.isDirectory()) return { path: null, problem: `${path} is not a folder` };
  if (facts.uid !== uid) return { path: null, problem: `${path} belongs to user ${facts.uid}` };
  if ((facts.mode & 0o077) !== 0) return { path: null, problem: `${path} is open to others (mode ${(facts.mode & 0o777).toString(8)})` };
  return { path, problem: null };
}
