import type { Command } from 'commander';
import { seconds } from '../options.ts';
import { collected } from './command.ts';

/** What the shared options hold as they are given. */
export interface FleetGiven {
  env?: string;
  node?: string[];
  tag?: string[];
  role?: string[];
  ssh?: string[];
  config?: string;
  from?: string[];
  replay?: string;
  agentless?: true;
  askPassword?: true;
  timeout: number;
}

/** Never the password itself: everybody on the machine could read it there. */
export const ASK_PASSWORD = 'ask here for the password of nodes that have no key in the inventory';

/** Which machines are asked, and how: the options that all commands on a fleet share. `only` begins what --node and its like do there. */
export function fleetOptions(one: Command, only: string): Command {
  return one
    .option('--env <environment>', 'environment of the inventory')
    .option('--node <name>', `${only} this node; a name, an address or a glob`, collected)
    .option('--tag <tag>', `${only} nodes with this tag`, collected)
    .option('--role <role>', `${only} nodes of this role`, collected)
    .option('--ssh <pattern>', 'hosts of ~/.ssh/config that fit, in place of an inventory', collected)
    .option('--config <file>', 'inventory file')
    .option('--from <place>', 'reports that are there: a file, a folder of .json files, or - for standard input', collected)
    .option('--replay <folder>', 'recorded reports in place of the nodes')
    .option('--agentless', 'ask no agent: send one along where there is Node.js, else ask the shell; nothing is put there')
    .option('--ask-password', ASK_PASSWORD)
    .option('--timeout <seconds>', 'for each node, from its login to its whole report', seconds('--timeout', 1, 600), 20);
}

/** What none of them given asks for. */
export const ANY_FLEET = { env: null, node: [], tag: [], role: [], ssh: [], config: null, replay: null, from: [] };
