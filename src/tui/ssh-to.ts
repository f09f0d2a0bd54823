import { spawn } from 'node:child_process';
import { SSH_SETTINGS } from '../fleet/inventory/empty.ts';
import type { NodeConfig } from '../fleet/node-config.ts';
import { reachWords } from '../fleet/reach.ts';
import { ownKnownHostsThere } from '../fleet/ssh/own-places.ts';
import { sshProgram } from '../fleet/ssh/program.ts';
import { jumpOptions, knownHosts } from '../fleet/ssh/words.ts';

/** Opens ssh to the node on the terminal, with the person's own settings, and comes back when it ends; gives a sentence, empty if all went well. */
export function sshTo(node: NodeConfig | null): Promise<string> {
  if (node === null) return Promise.resolve('No node belongs to this row.');
  const words = loginWords(node, ownKnownHostsThere());
  if (words === null) return Promise.resolve(`${node.name} is this machine.`);
  return new Promise((resolve) => {
    const child = spawn(sshProgram('ssh'), [...words], { stdio: 'inherit' });
    child.on('error', (error) => resolve(`ssh could not be started: ${error.message}`));
    child.on('close', (code) => resolve(code === 255 ? `ssh to ${node.name} ended with an error.` : ''));
  });
}

/** The words behind ssh for a person's own session: by the key and the host keys by which ward itself asks the node. Null for this machine. */
export function loginWords(node: NodeConfig, own_known_hosts: string | null): readonly string[] | null {
  const reach = reachWords({ ...node, jump: null });
  if (reach === null) return null;
  const options = [...knownHosts({ node, own_known_hosts }), ...(node.identity_file === null ? [] : ['IdentitiesOnly=yes'])];
  const way = jumpOptions({ node, ssh: SSH_SETTINGS, own_known_hosts });
  return [...options.flatMap((option) => ['-o', option]), ...way, ...reach];
}
