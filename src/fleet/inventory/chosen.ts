import { nearest } from '../../core/nearest.ts';
import { EXIT, Refusal } from '../../core/refusal.ts';
import { fits } from '../../core/settings.ts';
import type { NodeConfig } from '../node-config.ts';

/** What the person wants to see, each as given: of one kind any may fit, of different kinds all must. */
export interface Choice {
  node: readonly string[];
  tag: readonly string[];
  role: readonly string[];
}

/**
 * The names of the nodes that the view shows; rules across nodes see all of them all the same. A word that fits nothing is refused: exit 2 with the nearest,
 * a pattern with `*` that fits nothing exit 5.
 */
export function chosen(nodes: readonly NodeConfig[], { node, tag, role }: Choice): ReadonlySet<string> {
  const kinds: [string, readonly string[], (node: NodeConfig) => readonly string[]][] = [
    ['node', node, ({ name, host }) => (host === null ? [name] : [name, host])],
    ['tag', tag, ({ tags, groups }) => [...tags, ...groups]],
    ['role', role, (each) => [each.role]],
  ];
  let left = nodes;
  for (const [option, wanted, wordsOf] of kinds) {
    if (wanted.length === 0) continue;
    for (const word of wanted) mustFit(option, word, nodes.flatMap(wordsOf));
    left = left.filter((each) => wordsOf(each).some((own) => wanted.some((word) => fits(word, own))));
  }
  if (left.length === 0 && nodes.length > 0)
    throw new Refusal(EXIT.nothing, 'no node fits --node, --tag and --role together', { next: 'Leave one of them out.' });
  return new Set(left.map(({ name }) => name));
}

function mustFit(option: string, word: string, words: readonly string[]): void {
  if (words.some((own) => fits(word, own))) return;
  const [first] = words;
  if (word.includes('*'))
    throw new Refusal(EXIT.nothing, `--${option} ${word} fits no ${option}`, {
      next: first === undefined ? '' : `There is ${first}, for one.`,
    });
  const near = nearest(word, words);
  throw new Refusal(EXIT.usage, `--${option} ${word} names no ${option} here${near === null ? '' : `; nearest is ${near}`}`, {
    next: near === null ? `There are: ${[...new Set(words)].slice(0, 8).join(', ')}` : `Ask for it: --${option} ${near}`,
  });
}
