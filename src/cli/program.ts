import { Command, Option } from 'commander';
import { VERSION } from '../core/version.gen.ts';
import { EXIT } from '../core/refusal.ts';
import type { Io } from './io.ts';

const EXITS = `
Exit codes:
  0  fine                          5  no node answered
  1  findings at --fail-on         6  not allowed
  2  usage                         8  the output could not be written
  3  configuration is wrong       12  deadline
  4  some nodes did not answer    70  fault in ward
`;

/** The command line: what may be typed. Each command's code is loaded when it runs; \`ended\` takes its exit code. */
export function program(io: Io, ended: (exit: number) => void): Command {
  const ward = new Command('ward')
    .description('Makes the rounds of your servers: what is wrong, why, and what to do next.')
    .version(VERSION, '-V, --version', 'print the version')
    .option('--no-color', 'no colours; NO_COLOR does the same')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, writeOut: (text) => void io.print(text) })
    .helpCommand(false)
    .showSuggestionAfterError(true);
  node(ward, io, ended);
  ward
    .command('version')
    .description('print the version')
    .action(async () => {
      await io.print(`${VERSION}\n`);
      ended(EXIT.fine);
    });
  return ward;
}

/** A command with its examples and exit codes in its help. */
function command(parent: Command, name: string, description: string, examples: readonly string[]): Command {
  return parent
    .command(name)
    .description(description)
    .addHelpText('after', `\nExamples:\n${examples.map((each) => `  ${each}\n`).join('')}${EXITS}`);
}

function node(ward: Command, io: Io, ended: (exit: number) => void): void {
  const group = ward.command('node').description('this machine as a node');
  command(group, 'report', 'report on this machine: its health, and what could not be read', [
    'ward node report',
    'sudo ward node report --json',
    'ward node report --only system,services',
  ])
    .option('--json', 'one line of JSON')
    .option('--only <sections>', 'only these sections, with commas between')
    .option('--utc', 'times in UTC')
    .addOption(new Option('--frame <nonce>', 'JSON in a frame with length and digest, for the machine that asks').hideHelp())
    .action(async (options) => ended(await (await import('./commands/node-report.ts')).nodeReport(io, options)));
}
