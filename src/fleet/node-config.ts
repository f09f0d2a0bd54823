import type { Endpoint } from '../core/profile.ts';
import type { RuleSetting } from '../core/settings.ts';
import type { Secret } from './secret.ts';

/** One machine as the inventory describes it. What is null is left to the person's own ssh_config. */
export interface NodeConfig {
  /** By which people know it, unique in its environment. */
  name: string;
  /** A host name, an address, or a name of ssh_config; null for this machine. */
  host: string | null;
  port: number | null;
  user: string | null;
  environment: string | null;
  role: string;
  tags: readonly string[];
  groups: readonly string[];
  /** Paths with `~` already expanded. */
  identity_file: string | null;
  known_hosts: string | null;
  /** Through which it is reached: another node of the inventory, or hosts as for ssh -J, as ssh_config knows them. */
  jump: NodeConfig | string | null;
  password: Secret | null;
  /** Endpoints that ward asks from here, and nothing else: such a node is this machine as a place to look from. */
  checks?: readonly Endpoint[];
  /** A report that somebody else asked it for: it is read, and the node is not asked. */
  given?: string;
}

/** What ward was told about the fleet. */
export interface Inventory {
  /** The file that was taken; null where there is none. */
  path: string | null;
  /** `yaml`, one of the formats of remote-nodes.conf, hosts of ssh_config, this machine alone, or reports that were given. */
  format: 'yaml' | 'conf-3' | 'conf-4' | 'conf-5' | 'ssh-config' | 'local' | 'reports';
  nodes: readonly NodeConfig[];
  /** What the person wants of rules, in order. */
  settings: readonly RuleSetting[];
  /** What ward does of itself with ssh beyond ssh_config. */
  ssh: SshSettings;
  /** Sentences worth saying once on stderr, such as that keys are better than a password column. */
  notes: readonly string[];
}

export interface SshSettings {
  /** For KexAlgorithms; null keeps what the host's OpenSSH picks. */
  kex: string | null;
  connect_timeout_s: number;
  /** How long a kept connection stays open without use; 0 keeps none. */
  keep_s: number;
  at_once: number;
}
