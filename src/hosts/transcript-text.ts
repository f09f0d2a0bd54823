import type { AnswerTo, FileText, HttpAnswer, JournalLine, Kind, Ran } from '../core/host.ts';
import { Unknown, type UnknownKind } from '../core/unknown.ts';

/**
 * How an answer stands under its question in a transcript. `|` begins a line of text as it is, `"` one written as JSON;
 * `!` a line of a program's errors; `=` an exit code, a status, JSON, or the kind and reason of an Unknown.
 */
export function answerLines(kind: Kind, answer: unknown): string[] {
  if (answer instanceof Unknown) return [`= ${answer.kind}${answer.asked ? '' : ' (not asked)'} ${answer.reason}`];
  switch (kind) {
    case 'read':
    case 'exchange':
      return bodyLines(answer as string);
    case 'run': {
      const { exit, stdout, stderr } = answer as Ran;
      return [...bodyLines(stdout), ...bodyLines(stderr).map((line) => `!${line}`), ...(exit === 0 && stdout !== '' ? [] : [`= ${exit}`])];
    }
    case 'http': {
      const { status, body } = answer as HttpAnswer;
      return [...bodyLines(body), `= ${status}`];
    }
    case 'readEach':
      return [...(answer as FileText[]).flatMap(fileLines), '= end'];
    case 'journal':
      return [...(answer as JournalLine[]).map(({ at_s, text }) => bodyLine(`${at_s} ${text}`)), '= end'];
    default:
      return [`= ${JSON.stringify(answer)}`];
  }
}

/** The answer that the lines under a question give; throws an Error that says what is wrong with them. */
export function answerOf<K extends Kind>(kind: K, lines: readonly string[]): AnswerTo<K> | Unknown {
  const body = lines.filter((line) => line.startsWith('|') || line.startsWith('"')).map(unlined);
  const errors = lines.filter((line) => line.startsWith('!')).map((line) => unlined(line.slice(1)));
  const closing = lines.find((line) => line.startsWith('='))?.slice(1).trim();
  const unknown = closing === undefined ? null : unknownIn(closing);
  return unknown ?? (wholeAnswer(kind, body, errors, closing) as AnswerTo<K>);
}

function wholeAnswer(kind: Kind, body: readonly string[], errors: readonly string[], closing: string | undefined): unknown {
  switch (kind) {
    case 'read':
    case 'exchange':
      return joined(body);
    case 'run':
      return { exit: Number(closing ?? 0), stdout: joined(body), stderr: joined(errors) };
    case 'http':
      return { status: Number(closing ?? 200), body: joined(body) };
    case 'readEach':
      return files(body);
    case 'journal':
      return body.map((line) => ({ at_s: Number(line.slice(0, line.indexOf(' '))), text: line.slice(line.indexOf(' ') + 1) }));
    default:
      if (closing === undefined) throw new Error(`a ${kind} needs a line "= JSON"`);
      return JSON.parse(closing);
  }
}

const UNKNOWN = /^(absent|denied|timeout|failed|unparsed)( \(not asked\))? (.+)$/;

function unknownIn(closing: string): Unknown | null {
  const [, kind, unasked, reason] = UNKNOWN.exec(closing) ?? [];
  return kind === undefined || reason === undefined ? null : new Unknown(kind as UnknownKind, reason, unasked === undefined);
}

/** Text without a newline at its end gets one: files of /proc and programs' output have it. */
function bodyLines(text: string): string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n').map(bodyLine);
}

const AS_IT_IS = /^[\t\x20-\x7e\u00a1-\u02ff]*$/;

function bodyLine(line: string): string {
  return AS_IT_IS.test(line) ? `|${line}` : JSON.stringify(line);
}

function unlined(line: string): string {
  return line.startsWith('"') ? (JSON.parse(line) as string) : line.slice(1);
}

function joined(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** Each line of a file behind its path and a tab, so that no text can pose as another file. */
function fileLines({ path, text }: FileText): string[] {
  const lines = text === '' ? [''] : (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  return lines.map((line) => bodyLine(`${path}\t${line}`));
}

function files(lines: readonly string[]): FileText[] {
  const texts = new Map<string, string[]>();
  for (const line of lines) {
    const [path = '', ...rest] = line.split('\t');
    texts.set(path, [...(texts.get(path) ?? []), rest.join('\t')]);
  }
  return [...texts].map(([path, text]) => ({ path, text: joined(text) }));
}
