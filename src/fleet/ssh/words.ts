import type { NodeConfig, SshSettings } from '../node-config.ts';

/** Where one node is reached, and what beyond ssh_config holds for it. */
export interface Target {
  node: NodeConfig;
  ssh: SshSettings;
  /** As for `ssh -J`; null goes straight, or as ssh_config says. */
  jump: string | null;
  /** Host keys that ward was told to trust; null where there are none. */
  own_known_hosts: string | null;
}

/** Options that protect whoever asks. They come first on the command line, for of each option ssh takes the first value it sees. */
const GUARDS: readonly string[] = [
  'StrictHostKeyChecking=yes',
  'UpdateHostKeys=no',
  'VerifyHostKeyDNS=no',
  'CheckHostIP=no',
  'ForwardAgent=no',
  'ForwardX11=no',
  'ClearAllForwardings=yes',
  'Tunnel=no',
  'PermitLocalCommand=no',
  'RemoteCommand=none',
  'AddKeysToAgent=no',
  'EscapeChar=none',
  'RequestTTY=no',
  'ConnectionAttempts=1',
  'NumberOfPasswordPrompts=1',
  'ServerAliveInterval=5',
  'ServerAliveCountMax=3',
  // Says when it is logged in and to which address; one level more and a kept connection would hold our end open.
  'LogLevel=VERBOSE',
];

/** The words before the host: guards, then what the inventory says of this node. `more` goes before all of it. */
export function sshOptions(target: Target, more: readonly string[] = []): string[] {
  const { node, ssh, jump } = target;
  const options = [
    ...more,
    ...GUARDS,
    `BatchMode=${node.password === null ? 'yes' : 'no'}`,
    `ConnectTimeout=${ssh.connect_timeout_s}`,
    ...knownHosts(target),
    ...(ssh.kex === null ? [] : [`KexAlgorithms=${ssh.kex}`]),
  ];
  return [
    '-T',
    ...options.flatMap((option) => ['-o', option]),
    ...(node.port === null ? [] : ['-p', String(node.port)]),
    ...(node.user === null ? [] : ['-l', node.user]),
    ...(node.identity_file === null ? [] : ['-i', node.identity_file, '-o', 'IdentitiesOnly=yes']),
    ...(jump === null ? [] : ['-J', jump]),
  ];
}

/** Options for the host keys that count: the inventory's file alone where it names one; else the person's own files, and ward's in the place of the system's further one. */
export function knownHosts({ node, own_known_hosts: own }: Pick<Target, 'node' | 'own_known_hosts'>): string[] {
  if (node.known_hosts !== null) return [`UserKnownHostsFile=${fileWord(node.known_hosts)}`, 'GlobalKnownHostsFile=/dev/null'];
  if (own === null) return [];
  return [`GlobalKnownHostsFile=/etc/ssh/ssh_known_hosts /etc/ssh/ssh_known_hosts2 ${fileWord(own)}`];
}

/** A path as ssh reads it inside an option: quoted, and without its own signs. */
export function fileWord(path: string): string {
  return `"${path.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll('%', '%%')}"`;
}
