import { type Command, Option } from 'commander';
import { oneOf } from '../options.ts';
import { exitLines } from './exit-meanings.ts';

const examples = new WeakMap<Command, readonly string[]>();

/** A command, or a group of them, whose help carries examples and exit codes. */
export function command(parent: Command, name: string, description: string, lines: readonly string[]): Command {
  return withExamples(parent.command(name).description(description).helpCommand(false), lines);
}

/** Lets the help of the command carry these examples, and the exit codes. */
export function withExamples(one: Command, lines: readonly string[]): Command {
  examples.set(one, lines);
  return one.addHelpText('after', `\nExamples:\n${lines.map((each) => `  ${each}\n`).join('')}${exitLines()}`);
}

/** The examples of a command, as one types them. */
export function examplesOf(one: Command): readonly string[] {
  return examples.get(one) ?? [];
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

/** An option that takes one of these words; help and completion list them. */
export function choice(flags: string, description: string, words: readonly string[]): Option {
  const option = new Option(flags, description).choices(words);
  return option.argParser(oneOf(option.long ?? flags, words));
}
