import type { Command } from 'commander';
import type { Io } from '../io.ts';
import type { Ended } from './ended.ts';
import { collected, command } from './command.ts';

/** `ward config …`: the inventory that ward would take. */
export function configCommands(ward: Command, io: Io, ended: Ended): void {
  const group = command(ward, 'config', 'the inventory: which one is taken, and whether it is right', ['ward config check']);
  command(group, 'check', 'check the inventory: file, line and field of what is wrong', [
    'ward config check',
    'ward config check --config nodes.yaml',
  ])
    .option('--config <file>', 'inventory file')
    .option('--ssh <pattern>', 'hosts of ~/.ssh/config that fit', collected)
    .option('--json', 'JSON')
    .action(async (options) => ended(await (await import('../commands/config-check.ts')).configCheck(io, options)));
  command(group, 'path', 'print the path of the inventory that is taken', ['ward config path'])
    .option('--config <file>', 'inventory file')
    .action(async (options) => ended(await (await import('../commands/config-path.ts')).configPath(io, options)));
}
