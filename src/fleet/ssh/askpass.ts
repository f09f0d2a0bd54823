import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Secret } from '../secret.ts';

// ssh asks `USER@HOST's password: ` or `(USER@HOST) Password: `. A jump host's, a key's and every other question is left without an answer.
const PROGRAM = `#!/bin/sh
case $1 in
  "$WARD_ASKPASS_FOR's password:"*|"($WARD_ASKPASS_FOR) "*) printf '%s\\n' "$WARD_ASKPASS_VALUE" ;;
  *) exit 1 ;;
esac
`;

/** Puts the program that hands a password on to ssh into the folder, and gives back the environment that makes ssh ask it. */
export function askpass(folder: string, login: string, password: Secret): NodeJS.ProcessEnv {
  const path = join(folder, 'askpass');
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, PROGRAM, { mode: 0o700, flag: 'w' });
  renameSync(fresh, path);
  return { SSH_ASKPASS: path, SSH_ASKPASS_REQUIRE: 'force', WARD_ASKPASS_FOR: login, WARD_ASKPASS_VALUE: password.reveal() };
}
