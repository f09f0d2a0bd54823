import type { Command } from 'commander';

const EXITS = `
Exit codes:
  0  fine                                  6  not allowed
  1  findings at or above --fail-on        8  the output could not be written
  2  usage                                10  Node.js or a file's version does not fit
  3  a configuration file is wrong        12  the deadline of the whole command
  4  some nodes answered, some did not    70  fault in ward
  5  no node answered                    130, 143  ended by a signal
`;

/** A command whose help carries examples and exit codes. */
export function command(parent: Command, name: string, description: string, examples: readonly string[]): Command {
  return parent
    .command(name)
    .description(description)
    .addHelpText('after', `\nExamples:\n${examples.map((each) => `  ${each}\n`).join('')}${EXITS}`);
}

/** Collects an option that may be given more than once, or with commas. */
export function collected(text: string, before: string[] = []): string[] {
  return [
    ...before,
    ...text
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  ];
}
