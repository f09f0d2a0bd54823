import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The person's own state folder; null where there is none. */
export function ownStateFolder(env: NodeJS.ProcessEnv = process.env): string | null {
  const given = env['WARD_STATE_DIR'];
  if (given?.startsWith('/')) return given;
  const state = env['XDG_STATE_HOME']?.startsWith('/')
    ? env['XDG_STATE_HOME']
    : env['HOME'] === undefined
      ? null
      : join(env['HOME'], '.local/state');
  return state === null ? null : join(state, 'wardround');
}

/** Where the host keys lie that ward was told to trust. */
export function ownKnownHosts(env: NodeJS.ProcessEnv = process.env): string | null {
  const folder = ownStateFolder(env);
  return folder === null ? null : join(folder, 'known_hosts');
}

/** The same, if it is there. */
export function ownKnownHostsThere(env: NodeJS.ProcessEnv = process.env): string | null {
  const path = ownKnownHosts(env);
  return path !== null && existsSync(path) ? path : null;
}
