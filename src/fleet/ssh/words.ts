import type { NodeConfig, SshSettings } from '../node-config.ts';
import { fileWord, identityWords, throughSsh } from '../ssh-quoting.ts';
import { sshProgram } from './program.ts';

/** Where one node is reached, and what beyond ssh_config holds for it. */
export interface Target {
  node: NodeConfig;
  ssh: SshSettings;
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
  const { node, ssh } = target;
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
    ...(node.identity_file === null ? [] : [...identityWords(node.identity_file), '-o', 'IdentitiesOnly=yes']),
    ...jumpOptions(target),
  ];
}

/** No kept connection, no questions, and no word of its login, which would be taken for the node's. */
const ON_THE_WAY: readonly string[] = ['ControlMaster=no', 'ControlPath=none', 'BatchMode=yes', 'LogLevel=INFO'];

/** The way through a jump host. A node of the inventory is reached just as ward itself would reach it; -J would take neither its key nor the guards. */
export function jumpOptions(target: Target): string[] {
  const { jump } = target.node;
  if (jump === null) return [];
  if (typeof jump === 'string') return ['-J', jump];
  const words = [...sshOptions({ ...target, node: jump }, ON_THE_WAY), '--', jump.host ?? jump.name];
  return ['-o', `ProxyCommand=${throughSsh(sshProgram('ssh'), words)}`];
}

/** Options for the host keys that count: the inventory's file alone where it names one; else the person's own files, and ward's in the place of the system's further one. */
export function knownHosts({ node, own_known_hosts: own }: Pick<Target, 'node' | 'own_known_hosts'>): string[] {
  if (node.known_hosts !== null) return [`UserKnownHostsFile=${fileWord(node.known_hosts)}`, 'GlobalKnownHostsFile=/dev/null'];
  if (own === null) return [];
  return [`GlobalKnownHostsFile=/etc/ssh/ssh_known_hosts /etc/ssh/ssh_known_hosts2 ${fileWord(own)}`];
}
