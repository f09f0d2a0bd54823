import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where the host keys lie that ward was told to trust: in the person's own state folder. */
export function ownKnownHosts(env: NodeJS.ProcessEnv = process.env): string | null {
  const given = env['WARD_STATE_DIR'];
  if (given?.startsWith('/')) return join(given, 'known_hosts');
  const state = env['XDG_STATE_HOME']?.startsWith('/')
    ? env['XDG_STATE_HOME']
    : env['HOME'] === undefined
      ? null
      : join(env['HOME'], '.local/state');
  return state === null ? null : join(state, 'wardround/known_hosts');
}

/** The same, if it is there. */
export function ownKnownHostsThere(env: NodeJS.ProcessEnv = process.env): string | null {
  const path = ownKnownHosts(env);
  return path !== null && existsSync(path) ? path : null;
}
