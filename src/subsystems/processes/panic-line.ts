/** Longer lines are judged by their beginning. */
const JUDGED = 2000;

const WORD = '(?:panic|dpanic|fatal)';

/** JSON logs: the level by name, or 60 as pino and bunyan write "fatal". */
const IN_JSON = new RegExp(String.raw`"(?:level|lvl|severity|log\.level|levelname|loglevel)"\s{0,4}:\s{0,4}(?:"${WORD}"|60\b)`, 'i');

/** `level=fatal` and its kin. */
const IN_PAIRS = new RegExp(String.raw`(?:^|\s)(?:level|lvl|severity|loglevel)="?${WORD}"?(?=[\s,;]|$)`, 'i');

/** What may stand before the level: times, dates, `name[12]:`, `[12]`, `(main)`. A bare number is none, or "0 fatal" would count. */
const BEFORE =
  /^(?:\d{4}[-/]\d\d[-/]\d\d(?:[T ]\d\d:\d\d:\d\d\S*)?|\d\d:\d\d:\d\d\S*|\d{9,}\.\d+|[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d|(?:UTC|GMT|CES?T)|\[[^\]]{0,60}\]|\([^)]{0,60}\)|[A-Za-z][\w./@-]{0,60}(?:\[\d+\])?:)(?=[\s:]|$)[\s:]{1,8}/;

/** The word in brackets, before a tab, or before a colon with more than a count behind it. */
const MARKED = new RegExp(
  String.raw`^(?:[\[<(|]\s?${WORD}\s?[\])>|]|${WORD}(?=\t)|${WORD}(?: error)?:(?!\s{0,4}(?:0\b|\d{1,9}\s{0,4}(?:[,;.]|$)))(?=\s|$))`,
  'i',
);

/** The bare word is a level only in capitals. */
const SHOUTED = /^(?:FATAL|PANIC|DPANIC)(?=\s|$)/;

/** Sentences by which runtimes and kernels say that a program broke down. */
const SENTENCES = [
  /^thread '[^']{0,80}' (?:\(\d+\) )?panicked at /,
  /^Kernel panic - /,
  /^http: panic serving /,
  /^\[Recovery\] .{0,60}panic recovered/,
  /^PHP Fatal error: /,
];

/** Whether a log line says that a program panicked or gave up: the word must be its severity, not a word in its text. */
export function isPanicLine(text: string): boolean {
  const line = text.slice(0, JUDGED).trimStart();
  if (line.startsWith('{')) return IN_JSON.test(line);
  return IN_PAIRS.test(line) || heads(line).some(tellsOfPanic);
}

function tellsOfPanic(text: string): boolean {
  return MARKED.test(text) || SHOUTED.test(text) || SENTENCES.some((sentence) => sentence.test(text));
}

/** The line, and what is left of it each time one more word that may stand before the level is taken off. */
function heads(line: string): string[] {
  const found = [line];
  for (let taken = 0; taken < 6; taken += 1) {
    const rest = found.at(-1) ?? '';
    const [before = ''] = BEFORE.exec(rest) ?? [];
    if (before === '') break;
    found.push(rest.slice(before.length));
  }
  return found;
}
