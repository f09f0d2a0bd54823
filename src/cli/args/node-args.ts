import { type Command, Option } from 'commander';
import type { Io } from '../io.ts';
import type { Ended } from './ended.ts';
import { command } from './command.ts';
import { agentCommands } from './node-agent-args.ts';

/** `ward node …`: this machine, and what other machines are to ward. */
export function nodeCommands(ward: Command, io: Io, ended: Ended): void {
  const group = command(ward, 'node', 'this machine as a node, and whom ward trusts', [
    'ward node report',
    'ward node trust ns1 --env testnet',
  ]);
  command(group, 'report', 'report on this machine: its health, and what could not be read', [
    'ward node report',
    'sudo ward node report --json',
    'ward node report --only system,services',
  ])
    .option('--json', 'one line of JSON and nothing else')
    .option('--only <sections>', 'only these sections, with commas between')
    .option('--utc', 'times in UTC')
    .addOption(new Option('--frame <nonce>', 'JSON in a frame with length and digest, for the machine that asks').hideHelp())
    .action(async (options) => ended(await (await import('../commands/node-report.ts')).nodeReport(io, options)));
  command(
    group,
    'record <subsystem>',
    'write down what a collector asks of this machine and what comes back, without secrets, to replay in a test',
    ['sudo ward node record wireguard --case one-peer-silent', 'ward node record system --case my-vm --to /tmp/cases'],
  )
    .requiredOption('--case <name>', 'name of the case: small letters, digits and -')
    .option('--to <folder>', 'folder of the cases', 'cases')
    .action(async (subsystem, options) => ended(await (await import('../commands/node-record.ts')).nodeRecord(io, subsystem, options)));
  command(group, 'trust <hosts...>', 'show the host keys of machines, and trust them if told so', [
    'ward node trust ns1 ns2 --env testnet',
    'ward node trust web1.example.net --yes',
  ])
    .option('--env <environment>', 'environment of the inventory')
    .option('--config <file>', 'inventory file')
    .option('--yes', 'trust them without asking: only after you compared them')
    .action(async (hosts, options) => ended(await (await import('../commands/node-trust.ts')).nodeTrust(io, hosts, options)));
  agentCommands(group, io, ended);
}
