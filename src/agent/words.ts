import { EXIT, Refusal } from '../core/refusal.ts';

/** The words of a command line: what stands alone, and each option with its value, which is empty for a flag. */
export interface Words {
  alone: string[];
  options: Map<string, string>;
}

/** Reads `--name`, `--name VALUE` and `--name=VALUE`; refuses an option that is not known. Node.js's own reader costs more than all that is read. */
export function wordsOf(words: readonly string[], kinds: Readonly<Record<string, 'flag' | 'value'>>): Words {
  const read: Words = { alone: [], options: new Map() };
  const open = [...words];
  for (let word = open.shift(); word !== undefined; word = open.shift()) {
    if (!word.startsWith('-')) {
      read.alone.push(word);
      continue;
    }
    const [name = '', ...inline] = word.split('=');
    const given = inline.length > 0 ? inline.join('=') : undefined;
    read.options.set(name, kinds[name] === 'value' ? valueOf(name, given ?? open.shift()) : flagOf(name, given, kinds));
  }
  return read;
}

function valueOf(name: string, value: string | undefined): string {
  if (value === undefined) throw misused(`${name} needs a value`);
  return value;
}

function flagOf(name: string, given: string | undefined, kinds: Readonly<Record<string, 'flag' | 'value'>>): string {
  if (kinds[name] === undefined) throw misused(`there is no option ${name}; there are ${Object.keys(kinds).join(', ')}`);
  if (given !== undefined) throw misused(`${name} takes no value`);
  return '';
}

/** A command line that cannot be meant. */
export function misused(message: string): Refusal {
  return new Refusal(EXIT.usage, message);
}
