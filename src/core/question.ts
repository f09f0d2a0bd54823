import type { Kind, Question } from './host.ts';

/** The words of each kind, in the order in which a transcript and a reason write them. */
const FIELDS = {
  read: ['path'],
  readEach: ['pattern'],
  list: ['path'],
  stat: ['path'],
  statfs: ['path'],
  run: ['program', 'words'],
  http: ['method', 'to', 'path', 'body', 'as'],
  exchange: ['to', 'send', 'until'],
  lookup: ['server', 'name', 'type'],
  certificate: ['to', 'name', 'as'],
  unit: ['name'],
  units: ['state'],
  timers: [],
  journal: ['unit', 'since_s', 'limit'],
  owners: ['inodes'],
  programs: ['pids'],
  clock: [],
  pause: ['ms'],
} as const satisfies { [K in Kind]: readonly (keyof Question<K>)[] };

const PLAIN = /^[^\s"\\|=<>\p{C}]+$/u;

/** A question as one line, the same for equal questions: `run wg show all`. Words that are not plain are quoted as JSON. */
export function questionText<K extends Kind>(kind: K, question: Question<K>): string {
  const fields = FIELDS[kind] as readonly (keyof Question<K>)[];
  const words = fields.flatMap((field) => (question[field] ?? '') as string | number | readonly (string | number)[]);
  return [kind, ...trimmed(words.map(String)).map(quoted)].join(' ');
}

function trimmed(words: string[]): string[] {
  let end = words.length;
  while (end > 0 && words[end - 1] === '') end -= 1;
  return words.slice(0, end);
}

function quoted(word: string): string {
  return PLAIN.test(word) ? word : JSON.stringify(word);
}
