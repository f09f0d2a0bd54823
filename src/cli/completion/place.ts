import type { Command, Option } from 'commander';

/** Where the cursor stands in a line of words. */
export interface Place {
  command: Command;
  /** The option whose value is typed; null where none is. */
  option: Option | null;
  /** How many arguments of the command stand before. */
  position: number;
  /** What is typed of the word, or of the option's value. */
  typed: string;
  /** What of the word stands before that and is kept, such as `--env=`. */
  kept: string;
  /** Options that were given before, by their attribute's name, with their values. */
  given: ReadonlyMap<string, readonly string[]>;
}

/** What the words so far amount to. */
interface Walked extends Pick<Place, 'command' | 'position' | 'given'> {
  /** The option whose value the next word may be. */
  waiting: Option | null;
  /** Behind `--`, where nothing is an option. */
  plain: boolean;
}

/** Walks the line's words through the tree of commands; the last word is the one at the cursor. */
export function placeOf(ward: Command, words: readonly string[]): Place {
  const start: Walked = { command: ward, position: 0, given: new Map(), waiting: null, plain: false };
  const { waiting, plain, ...at } = words.slice(0, -1).reduce(step, start);
  const typed = words.at(-1) ?? '';
  if (waiting?.required === true) return { ...at, option: waiting, typed, kept: '' };
  const { option, value } = plain ? NONE : optionIn(at.command, typed);
  if (option === null || value === null) return { ...at, option: null, typed, kept: '' };
  return { ...at, option, typed: value, kept: typed.slice(0, typed.length - value.length) };
}

function step(at: Walked, word: string): Walked {
  const { waiting, plain, command, position } = at;
  if (waiting !== null && (waiting.required || !word.startsWith('-')))
    return { ...at, waiting: null, given: added(at.given, waiting, word) };
  if (plain) return { ...at, position: position + 1 };
  if (word === '--') return { ...at, plain: true };
  const { option, value } = optionIn(command, word);
  if (option !== null) return behindOption(at, option, value);
  const sub = position === 0 ? command.commands.find((each) => each.name() === word) : undefined;
  if (sub !== undefined) return { ...at, command: sub, waiting: null };
  return { ...at, waiting: null, position: position + (word.startsWith('-') ? 0 : 1) };
}

function behindOption(at: Walked, option: Option, value: string | null): Walked {
  if (value === null && option.required) return { ...at, waiting: option };
  return { ...at, waiting: value === null && option.optional ? option : null, given: added(at.given, option, value ?? '') };
}

function added(given: Place['given'], option: Option, value: string): Place['given'] {
  const name = option.attributeName();
  return new Map([...given, [name, [...(given.get(name) ?? []), value]]]);
}

const NONE = { option: null, value: null };

/** The option that a word names, with the value that stands behind its `=`; null for either that is not there. */
function optionIn(command: Command, word: string): { option: Option | null; value: string | null } {
  const [, name = word, value = null] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
  const option = optionsOf(command).find(({ long, short }) => long === name || short === name) ?? null;
  return { option, value };
}

/** The options that the command knows, those of its parents with them. */
export function optionsOf(command: Command): Option[] {
  return [...command.options, ...(command.parent === null ? [] : optionsOf(command.parent))];
}
