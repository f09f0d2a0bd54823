/** What the exit codes of commands mean, for help and man page. */
export const EXIT_MEANINGS: readonly (readonly [code: string, meaning: string])[] = [
  ['0', 'fine'],
  ['1', 'findings at or above --fail-on'],
  ['2', 'usage'],
  ['3', 'a configuration file is wrong'],
  ['4', 'some nodes answered, some did not'],
  ['5', 'no node answered'],
  ['6', 'not allowed'],
  ['8', 'the output could not be written'],
  ['10', "Node.js or a file's version does not fit"],
  ['12', 'the deadline of the whole command'],
  ['70', 'fault in ward'],
  ['130, 143', 'ended by a signal'],
];

/** The same in two columns, as help ends. */
export function exitLines(): string {
  const half = Math.ceil(EXIT_MEANINGS.length / 2);
  const lines = EXIT_MEANINGS.slice(0, half).map(([code, meaning], at) => {
    const [other = '', said = ''] = EXIT_MEANINGS[half + at] ?? [];
    return `  ${code}  ${meaning.padEnd(36)}${other.padStart(2)}  ${said}\n`;
  });
  return `\nExit codes:\n${lines.join('')}`;
}
