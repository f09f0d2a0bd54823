import type { Command } from 'commander';
import type { Io } from '../io.ts';
import type { Ended } from './ended.ts';
import { collected, command } from './command.ts';
import { listingOptions } from './listing-options.ts';

/** `ward doctor`: what ward needs on the machine where it runs. */
export function doctorCommand(ward: Command, io: Io, ended: Ended): void {
  listingOptions(
    command(ward, 'doctor', 'look at what ward needs on this machine: what is wrong here, and how to mend it', [
      'ward doctor',
      'ward doctor --config nodes.yaml',
      'ward doctor --json',
    ]),
  )
    .option('--config <file>', 'inventory file')
    .option('--ssh <pattern>', 'hosts of ~/.ssh/config that fit, in place of an inventory', collected)
    .action(async (options) => ended(await (await import('../commands/doctor.ts')).doctor(io, options)));
}
