import type { Command } from 'commander';
import type { Io } from '../io.ts';
import type { Ended } from './ended.ts';
import { command } from './command.ts';
import { listingOptions } from './listing-options.ts';

/** `ward rules`: what ward looks for. */
export function rulesCommand(ward: Command, io: Io, ended: Ended): void {
  listingOptions(
    command(ward, 'rules', 'list all rules: what each tells, its levels and where they come from', ['ward rules', 'ward rules -o yaml']),
  ).action(async (options) => ended(await (await import('../commands/rules.ts')).rules(io, options)));
}
