import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeConfig } from '../node-config.ts';
import type { Secret } from '../secret.ts';

// ssh asks `USER@HOST's password: ` or `(USER@HOST) Password: `. A jump host's, a key's and every other question is left without an answer.
// Where only ssh_config knows the user, whoever it is on that host.
const PROGRAM = `#!/bin/sh
user=\${1%%@"$WARD_ASKPASS_HOST"*}
user=\${user#(}
[ "$user" = "\${WARD_ASKPASS_USER:-$user}" ] || exit 1
case $1 in
  "$user@$WARD_ASKPASS_HOST's password:"*|"($user@$WARD_ASKPASS_HOST) "*) printf '%s\\n' "$WARD_ASKPASS_VALUE" ;;
  *) exit 1 ;;
esac
`;

/** Puts the program that hands a password on to ssh into the folder, and gives back the environment that makes ssh ask it. */
export function askpass(folder: string, { user, host }: Pick<NodeConfig, 'user' | 'host'>, password: Secret): NodeJS.ProcessEnv {
  const path = join(folder, 'askpass');
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, PROGRAM, { mode: 0o700, flag: 'w' });
  renameSync(fresh, path);
  const whose = { WARD_ASKPASS_USER: user ?? '', WARD_ASKPASS_HOST: host ?? '' };
  return { SSH_ASKPASS: path, SSH_ASKPASS_REQUIRE: 'force', ...whose, WARD_ASKPASS_VALUE: password.reveal() };
}
