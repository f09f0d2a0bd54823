import type { Command } from 'commander';
import type { Io } from '../io.ts';
import type { Ended } from './ended.ts';
import { collected, command } from './command.ts';
import { ASK_PASSWORD } from './fleet-options.ts';
import { listingOptions } from './listing-options.ts';

/** `ward node install …` and what belongs to it: the agent on other machines. */
export function agentCommands(group: Command, io: Io, ended: Ended): void {
  const reached = (one: Command) =>
    one
      .option('--env <environment>', 'environment of the inventory')
      .option('--config <file>', 'inventory file')
      .option('--login <user>', 'log in as this user, who is root or may become it by sudo without a password')
      .option('--ask-password', ASK_PASSWORD);
  reached(
    command(group, 'install <hosts...>', 'put the agent on machines over ssh, with a user and a key that can do nothing but ask it', [
      'ward node install ns1 ns2 --env testnet --login root',
      'ward node install web1.example.net --login deploy --dry-run',
      'ward node install ns1 --login root --key hub.pub --from 203.0.113.7',
    ]),
  )
    .option('--key <file>', 'public key that may ask; if not told, your own of ~/.ssh', collected)
    .option('--from <addresses>', 'take that key from these addresses alone')
    .option('--dry-run', 'change nothing, and print each step with its command')
    .action(async (hosts, options) =>
      ended(await (await import('../commands/node-install.ts')).nodeInstall(io, hosts, options, 'install')),
    );
  reached(
    command(group, 'upgrade <hosts...>', 'bring the agent on machines up to this ward; their keys stay as they are', [
      'ward node upgrade ns1 ns2 --env testnet --login root',
    ]),
  )
    .option('--dry-run', 'change nothing, and print each step with its command')
    .action(async (hosts, options) =>
      ended(await (await import('../commands/node-install.ts')).nodeInstall(io, hosts, options, 'upgrade')),
    );
  listingOptions(
    reached(
      command(
        group,
        'doctor <hosts...>',
        'check the install of the agent on machines: files, owners, user, key, rule, sshd, and that it answers',
        ['ward node doctor ns1 --env testnet --login root'],
      ),
    ),
  ).action(async (hosts, options) => ended(await (await import('../commands/node-doctor.ts')).nodeDoctor(io, hosts, options)));
  reached(
    command(group, 'uninstall <hosts...>', 'take the agent, its user, its key and its rule away from machines', [
      'ward node uninstall ns1 --env testnet --login root --dry-run',
      'ward node uninstall ns1 --env testnet --login root --yes',
    ]),
  )
    .option('--dry-run', 'change nothing, and print each step with its command')
    .option('--yes', 'do it without asking')
    .action(async (hosts, options) => ended(await (await import('../commands/node-uninstall.ts')).nodeUninstall(io, hosts, options)));
}
