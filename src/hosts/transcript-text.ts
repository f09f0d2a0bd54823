import type { AnswerTo, FileText, HttpAnswer, JournalLine, Kind, Ran } from '../core/host.ts';
import { Unknown, type UnknownKind } from '../core/unknown.ts';

/**
 * How an answer stands under its question in a transcript. `|` begins a line of text as it is, `"` one written as JSON, and `\` alone
 * says that the line before it ends without a newline; `!` a line of a program's errors; `=` an exit code, a status, JSON, or the
 * kind and reason of an Unknown.
 */
export function answerLines(kind: Kind, answer: unknown): string[] {
  if (answer instanceof Unknown) return [`= ${answer.kind}${answer.asked ? '' : ' (not asked)'} ${answer.reason}`];
  switch (kind) {
    case 'read':
    case 'exchange':
      return bodyLines(answer as string);
    case 'run':
      return ranLines(answer as Ran);
    case 'http':
      return httpLines(answer as HttpAnswer);
    case 'readEach':
      return [...(answer as FileText[]).flatMap(fileLines), '= end'];
    case 'journal':
      return [...(answer as JournalLine[]).map(({ at_s, text }) => bodyLine(`${at_s} ${text}`)), '= end'];
    default:
      return [`= ${JSON.stringify(answer)}`];
  }
}

function ranLines({ exit, stdout, stderr }: Ran): string[] {
  const closing = exit === 0 && stdout !== '' ? [] : [`= ${exit}`];
  return [...bodyLines(stdout), ...bodyLines(stderr).map((line) => `!${line}`), ...closing];
}

function httpLines({ status, body, took_ms }: HttpAnswer): string[] {
  return [...bodyLines(body), `= ${status}${took_ms === undefined ? '' : ` in ${took_ms} ms`}`];
}

/** The answer that the lines under a question give; throws an Error that says what is wrong with them. */
export function answerOf<K extends Kind>(kind: K, lines: readonly string[]): AnswerTo<K> | Unknown {
  const closing = lines
    .find((line) => line.startsWith('='))
    ?.slice(1)
    .trim();
  const unknown = closing === undefined ? null : unknownIn(closing);
  return unknown ?? (wholeAnswer(kind, lines.filter(isBody), lines, closing) as AnswerTo<K>);
}

function wholeAnswer(kind: Kind, body: readonly string[], lines: readonly string[], closing: string | undefined): unknown {
  switch (kind) {
    case 'read':
    case 'exchange':
      return textOf(body);
    case 'run':
      return {
        exit: Number(closing ?? 0),
        stdout: textOf(body),
        stderr: textOf(lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1))),
      };
    case 'http':
      return httpAnswer(closing ?? '200', textOf(body));
    case 'readEach':
      return files(body);
    case 'journal':
      return body.map(unlined).map((line) => ({ at_s: Number(line.slice(0, line.indexOf(' '))), text: line.slice(line.indexOf(' ') + 1) }));
    default:
      if (closing === undefined) throw new Error(`a ${kind} needs a line "= JSON"`);
      return JSON.parse(closing);
  }
}

/** `200`, or `200 in 12.5 ms`. */
function httpAnswer(closing: string, body: string): HttpAnswer {
  const [status, , took] = closing.split(' ');
  return { status: Number(status), body, ...(took === undefined ? {} : { took_ms: Number(took) }) };
}

const UNKNOWN = /^(absent|denied|timeout|failed|unparsed)( \(not asked\))? (.+)$/;

function unknownIn(closing: string): Unknown | null {
  const [, kind, unasked, reason] = UNKNOWN.exec(closing) ?? [];
  return kind === undefined || reason === undefined ? null : new Unknown(kind as UnknownKind, reason, unasked === undefined);
}

/** As diff(1) marks it. */
const UNENDED = '\\';

function isBody(line: string): boolean {
  return line.startsWith('|') || line.startsWith('"') || line === UNENDED;
}

function bodyLines(text: string): string[] {
  if (text === '') return [];
  return text.endsWith('\n') ? text.slice(0, -1).split('\n').map(bodyLine) : [...text.split('\n').map(bodyLine), UNENDED];
}

const AS_IT_IS = /^[\t\x20-\x7e\u00a1-\u02ff]*$/;

function bodyLine(line: string): string {
  return AS_IT_IS.test(line) ? `|${line}` : JSON.stringify(line);
}

function unlined(line: string): string {
  return line.startsWith('"') ? (JSON.parse(line) as string) : line.slice(1);
}

function textOf(body: readonly string[]): string {
  const lines = body.filter((line) => line !== UNENDED).map(unlined);
  return lines.length === 0 ? '' : `${lines.join('\n')}${body.includes(UNENDED) ? '' : '\n'}`;
}

/** Each line of a file behind its path and a tab, so that no text can pose as another file. An empty one is a line that does not end. */
function fileLines({ path, text }: FileText): string[] {
  const name = path.includes('\t') ? JSON.stringify(path) : path;
  const ended = text.endsWith('\n');
  const lines = (ended ? text.slice(0, -1) : text).split('\n');
  return [...lines.map((line) => bodyLine(`${name}\t${line}`)), ...(ended ? [] : [UNENDED])];
}

function files(body: readonly string[]): FileText[] {
  const texts = new Map<string, string[]>();
  let last = '';
  for (const line of body) {
    if (line === UNENDED) {
      texts.get(last)?.push(UNENDED);
      continue;
    }
    const [name = '', ...rest] = unlined(line).split('\t');
    last = name.startsWith('"') ? (JSON.parse(name) as string) : name;
    const lines = texts.get(last) ?? [];
    lines.push(`|${rest.join('\t')}`);
    texts.set(last, lines);
  }
  return [...texts].map(([path, lines]) => ({ path, text: textOf(lines) }));
}
