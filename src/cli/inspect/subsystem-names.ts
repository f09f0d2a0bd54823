import { nearest } from '../../core/nearest.ts';
import { EXIT, Refusal } from '../../core/refusal.ts';
import { CHECKS } from '../../inspect/defined-checks.ts';

const ALIASES: Readonly<Record<string, string>> = { wg: 'wireguard', mesh: 'wireguard', namespace: 'namespaces', service: 'services' };

/** The subsystems that these words name; throws a Refusal that knows the nearest. */
export function subsystemNames(words: readonly string[]): string[] {
  const known = [...new Set(CHECKS.map(({ subsystem }) => subsystem))];
  return [...new Set(words.map((word) => named(ALIASES[word] ?? word, known)))];
}

function named(word: string, known: readonly string[]): string {
  if (known.includes(word)) return word;
  const near = nearest(word, [...known, ...Object.keys(ALIASES)]);
  throw new Refusal(EXIT.usage, `--subsystem ${word} names nothing that is checked${near === null ? '' : `; nearest is ${near}`}`, {
    next: `There are: ${known.join(', ')}`,
  });
}
