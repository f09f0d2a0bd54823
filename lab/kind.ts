/** What the hosts of a lab run: only what every server has; a cluster as Orama's, with its containers; or all of its programs. */
export type LabKind = 'plain' | 'cluster' | 'all';

const KINDS: readonly LabKind[] = ['plain', 'cluster', 'all'];

/** Whether a lab of this kind has what the other kind has. */
export function hasAll(kind: LabKind, needed: LabKind): boolean {
  return KINDS.indexOf(kind) >= KINDS.indexOf(needed);
}

/** The kind that the words of a command ask for: the last of `--cluster` and `--all` in size. */
export function kindIn(words: readonly string[]): LabKind {
  if (words.includes('--all')) return 'all';
  return words.includes('--cluster') ? 'cluster' : 'plain';
}

/** The words that bring such a lab up. */
export function wordsOf(kind: LabKind): string {
  return { plain: '', cluster: ' --cluster', all: ' --cluster --all' }[kind];
}
