/** Where all of ward lies on a node. The home is root's, and so the user owns no file at all, its own keys among them. */
export const PLACES = {
  folder: '/usr/local/lib/wardround',
  /** For Node.js; the other needs none. */
  bundle: '/usr/local/lib/wardround/agent.cjs',
  executable: '/usr/local/lib/wardround/agent',
  settings: '/etc/wardround',
  home: '/etc/wardround/login',
  keys: '/etc/wardround/login/.ssh/authorized_keys',
  sudoers: '/etc/sudoers.d/wardround',
  state: '/var/lib/wardround',
} as const;

/** The user that asks the agent, and can do nothing else. */
export const USER = 'wardround';

/** The one command that the user may run as root, with Node.js or without it. It takes no word from whoever asks. */
export function ruledCommand(node: string | null): string {
  return `${node === null ? PLACES.executable : `${node} ${PLACES.bundle}`} ssh`;
}

/** Its file for sudo: exact words and no pattern; of the caller's environment comes nothing but what it asks, which the agent itself judges. */
export function sudoersText(commands: readonly string[]): string {
  const settings =
    'env_reset, !setenv, env_keep = "SSH_ORIGINAL_COMMAND", secure_path = "/usr/sbin:/usr/bin:/sbin:/bin", !requiretty, !use_pty, !lecture';
  const rules = commands.map((command) => `${USER} ALL = (root) NOPASSWD: ${command}`);
  return ['# Written by ward node install.', `Defaults:${USER} ${settings}`, ...rules, ''].join('\n');
}

/** A line of the key file. `restrict` takes away terminals, forwarding and its own rc file. */
export function keyLine(key: string, node: string | null, from: string | null): string {
  return `restrict,${from === null ? '' : `from="${from}",`}command="/usr/bin/sudo -n ${ruledCommand(node)}" ${key}`;
}
