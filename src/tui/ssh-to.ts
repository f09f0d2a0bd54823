import { spawn } from 'node:child_process';
import { reachWords } from '../cli/monitor/reach.ts';
import type { NodeConfig } from '../fleet/node-config.ts';
import { sshProgram } from '../fleet/ssh/program.ts';

/** Opens ssh to the node on the terminal, with the person's own settings, and comes back when it ends; gives a sentence, empty if all went well. */
export function sshTo(node: NodeConfig | null): Promise<string> {
  if (node === null) return Promise.resolve('No node belongs to this row.');
  const words = reachWords(node);
  if (words === null) return Promise.resolve(`${node.name} is this machine.`);
  return new Promise((resolve) => {
    const child = spawn(sshProgram('ssh'), [...words], { stdio: 'inherit' });
    child.on('error', (error) => resolve(`ssh could not be started: ${error.message}`));
    child.on('close', (code) => resolve(code === 255 ? `ssh to ${node.name} ended with an error.` : ''));
  });
}
