import type { Argument, Command, Option } from 'commander';
import { collected } from '../args/command.ts';
import { optionsOf, type Place, placeOf } from './place.ts';
import { type Candidate, valuesNamed, type Where } from './values.ts';

/** So much of an explanation fits behind a word. */
const ABOUT = 70;
/** Words that mean themselves to every shell; others are not offered. */
const HARMLESS = /^[\w@%+=:,./-]+$/;

/** The words that may stand at the cursor, that is: complete the last of these words. */
export async function completed(ward: Command, words: readonly string[], where: Where): Promise<readonly Candidate[]> {
  const { line, lost } = joined(words);
  const place = placeOf(ward, line);
  const found = await candidatesAt(place, where);
  if (found.some(({ word }) => word.startsWith(':'))) return found;
  // Some shells part a word at its `=` and replace only what stands behind.
  return found.flatMap(({ word, about }) => {
    const whole = place.kept + word;
    if (!word.startsWith(place.typed) || !HARMLESS.test(word)) return [];
    return { word: lost === '' || !whole.startsWith(lost) ? whole : whole.slice(lost.length), about: oneLine(about) };
  });
}

/** bash takes `--env=la` and `a:b` for three words each: one word again, with what bash lost of the last one. */
function joined(words: readonly string[]): { line: string[]; lost: string } {
  const line: string[] = [];
  let lost = '';
  for (const [at, word] of words.entries()) {
    const parts = at > 0 && (isBreak(word) || isBreak(words[at - 1] ?? ''));
    const last = line.at(-1);
    if (!parts || last === undefined) line.push(word);
    else line.splice(-1, 1, last + word);
    lost = !parts || last === undefined ? '' : isBreak(word) ? last + word : last;
  }
  return { line, lost };
}

function isBreak(word: string): boolean {
  return word === '=' || word === ':';
}

async function candidatesAt(place: Place, where: Where): Promise<readonly Candidate[]> {
  const { command, option, typed, given, position } = place;
  if (option !== null) return listOf(option, typed, await valuesOf(option, given, where));
  if (typed.startsWith('-')) return optionsAt(place);
  const subcommands =
    position > 0
      ? []
      : command
          .createHelp()
          .visibleCommands(command)
          .map((each) => ({ word: each.name(), about: each.description() }));
  const argument = argumentAt(command, position);
  const own = [...subcommands, ...(argument === undefined ? [] : await valuesOf(argument, given, where))];
  return own.length > 0 ? own : optionsAt(place);
}

function argumentAt({ registeredArguments: all }: Command, position: number): Argument | undefined {
  return all[position] ?? all.findLast(({ variadic }) => variadic);
}

/** Options that are not given yet, and those that may be given again. */
function optionsAt({ command, given }: Place): Candidate[] {
  const open = optionsOf(command).filter(
    (option) => !option.hidden && (!given.has(option.attributeName()) || option.parseArg === collected),
  );
  return [
    ...open.map(({ long, short, description }) => ({ word: long ?? short ?? '', about: description })),
    { word: '--help', about: 'help' },
  ];
}

/** An option that takes words with commas between goes on behind the last comma. */
function listOf({ parseArg }: Option, typed: string, values: readonly Candidate[]): readonly Candidate[] {
  const before = typed.slice(0, typed.lastIndexOf(',') + 1);
  if (parseArg !== collected || before === '') return values;
  const given = new Set(before.split(','));
  return values.filter(({ word }) => !given.has(word)).map(({ word, about }) => ({ word: before + word, about }));
}

async function valuesOf(of: Option | Argument, given: Place['given'], where: Where): Promise<readonly Candidate[]> {
  if (of.argChoices !== undefined) return of.argChoices.map((word) => ({ word, about: '' }));
  const name = 'attributeName' in of ? of.attributeName() : of.name();
  const [, placeholder = ''] = 'flags' in of ? (/[<[]([\w-]+)/.exec(of.flags) ?? []) : [];
  if (placeholder === 'file') return [{ word: ':files', about: '' }];
  if (placeholder === 'folder' || placeholder === 'dir') return [{ word: ':folders', about: '' }];
  return valuesNamed(name, given, where).catch(() => []);
}

function oneLine(text: string): string {
  const line = text.replace(/[\s\p{C}]+/gu, ' ').trim();
  return line.length <= ABOUT ? line : `${line.slice(0, ABOUT - 1).trimEnd()}…`;
}
