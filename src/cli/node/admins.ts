import { EXIT, Refusal } from '../../core/refusal.ts';
import type { Admin } from '../../fleet/install/admin.ts';
import { USER } from '../../fleet/install/places.ts';
import type { NodeConfig } from '../../fleet/node-config.ts';
import { ownKnownHostsThere } from '../../fleet/ssh/own-places.ts';
import { privateFolder } from '../../fleet/ssh/private-folder.ts';
import { sshProgram } from '../../fleet/ssh/program.ts';
import type { Io } from '../io.ts';
import { passwordFor, withPassword } from '../ask-password.ts';
import { nodesNamed } from './nodes-named.ts';

/** Which machines are meant, and as whom one logs in to them. */
export interface AdminOptions {
  env?: string;
  config?: string;
  /** In place of the inventory's user. */
  login?: string;
  askPassword?: true;
}

/** One machine with the way by which whoever may change it gets there. */
export interface Administered {
  name: string;
  admin: Admin;
  /** The same way as the inventory describes it, for whoever asks the agent. */
  asker: Admin;
}

/** The ways to these machines. Refuses where the user would be the one that can do nothing but ask. */
export async function administered(io: Io, hosts: readonly string[], options: AdminOptions): Promise<Administered[]> {
  const { login } = options;
  if (login !== undefined && !/^[A-Za-z_][\w.-]{0,31}\$?$/.test(login))
    throw new Refusal(EXIT.usage, `--login takes the name of a user, not "${login}"`);
  const { inventory, nodes: named } = await nodesNamed(io, hosts, options);
  const here = named.find(({ host }) => host === null);
  if (here !== undefined)
    throw new Refusal(EXIT.usage, `${here.name} is this machine, and ward goes by ssh`, { next: 'Name a machine that ssh reaches.' });
  const start = { program: sshProgram('ssh'), env: { ...io.env, LC_ALL: 'C' }, folder: privateFolder(io.env), signal: io.signal };
  const own_known_hosts = ownKnownHostsThere(io.env);
  const to = (node: NodeConfig): Admin => ({
    ...start,
    target: { node, ssh: inventory.ssh, own_known_hosts },
  });
  const admins = named.map((node) => asWhom(node, login));
  const password = options.askPassword === true ? await passwordFor(io, admins) : null;
  return named.map((node) => ({
    name: node.name,
    admin: to(withPassword(asWhom(node, login), password)),
    asker: to(withPassword(node, password)),
  }));
}

function asWhom(node: NodeConfig, login: string | undefined): NodeConfig {
  if (login !== undefined) return { ...node, user: login, ...(node.user === USER ? { identity_file: null, password: null } : {}) };
  if (node.user !== USER) return node;
  throw new Refusal(EXIT.usage, `the user of ${node.name} is ${USER}, which can do nothing but ask`, {
    next: 'Name one who is root or may become it: --login root',
  });
}
