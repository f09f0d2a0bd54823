/** What the shell on a host can be asked, by the names that its program has for it. `asis` and `hex` run a program beside all others. */
export type RequestKind = 'hello' | 'version' | 'clock' | 'lines' | 'file' | 'list' | 'each' | 'now' | 'sent' | 'asis' | 'hex';

/** One question to the shell. */
export interface Request {
  kind: RequestKind;
  words: readonly string[];
  /** How long it may take, and the sentence for when it took longer. */
  ms: number;
  late: string;
  /** Of what it prints. */
  bytes: number;
}

/** Whether it runs beside the others. */
export function isJob({ kind }: Pick<Request, 'kind'>): boolean {
  return kind === 'asis' || kind === 'hex';
}

/** Counters and the clock are looked at next to each other, programs are started before files are read. */
const ORDER: readonly RequestKind[] = ['hello', 'clock', 'lines', 'asis', 'hex'];

/** Lower goes first among what is asked together. */
export function urgency({ kind }: Pick<Request, 'kind'>): number {
  const at = ORDER.indexOf(kind);
  return at < 0 ? ORDER.length : at;
}

/**
 * The lines that put a question to the shell, each of its words as data. The shell's own clock goes by tenths of a second, rounded up: what it ended
 * sooner than we stop waiting would be told as killed by somebody.
 */
export function requestText(id: number, { kind, words, ms, bytes }: Request): string {
  return [`${id} ${kind} ${(Math.max(1, Math.ceil(ms / 100)) / 10).toFixed(1)} ${bytes} ${words.length}`, ...words.map(wordLine), ''].join(
    '\n',
  );
}

function wordLine(word: string): string {
  return word.includes('\n') ? `%${word.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}` : `=${word}`;
}
