import { Command } from 'commander';
import { EXIT } from '../core/refusal.ts';
import { VERSION } from '../core/version.gen.ts';
import { command, withExamples } from './args/command.ts';
import { completionCommands } from './args/completion-args.ts';
import { configCommands } from './args/config-args.ts';
import { doctorCommand } from './args/doctor-args.ts';
import type { Ended } from './args/ended.ts';
import { inspectCommand } from './args/inspect-args.ts';
import { monitorCommand } from './args/monitor-args.ts';
import { nodeCommands } from './args/node-args.ts';
import { rulesCommand } from './args/rules-args.ts';
import type { Io } from './io.ts';

/** The command line: what may be typed. Each command's code is loaded only when it runs. */
export function program(io: Io, ended: Ended): Command {
  const ward = new Command('ward')
    .description("Makes the rounds of your servers: what is wrong, why, and what to do next.\nWithout a command: this machine's health.")
    .version(VERSION, '-V, --version', 'print the version')
    .option('--no-color', 'no colours; NO_COLOR does the same')
    .exitOverride()
    // Errors are said in our own words; what else goes there is the help of a group without its command.
    .configureOutput({ writeErr: io.hold, writeOut: io.hold, outputError: () => undefined })
    .configureHelp({ showGlobalOptions: false })
    .helpCommand(false);
  withExamples(ward, ['ward', 'ward monitor --env testnet', 'ward monitor alerts --env testnet', 'ward doctor', 'ward monitor --help']);
  monitorCommand(ward, io, ended);
  inspectCommand(ward, io, ended);
  nodeCommands(ward, io, ended);
  rulesCommand(ward, io, ended);
  configCommands(ward, io, ended);
  doctorCommand(ward, io, ended);
  completionCommands(ward, io, ended);
  command(ward, 'version', 'print the version', ['ward version']).action(async () => {
    await io.print(`${VERSION}\n`);
    ended(EXIT.fine);
  });
  return ward;
}
