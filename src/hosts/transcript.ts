import type { AnswerTo, Host, Kind, Question } from '../core/host.ts';
import { questionText } from '../core/question.ts';
import { failed, type Unknown } from '../core/unknown.ts';
import { answerOf } from './transcript-text.ts';

/** A machine as recorded: its answers, and what the recording says of the node itself. */
export interface Transcript {
  host: Host;
  /** From lines such as `@ role nameserver`. */
  facts: Readonly<Record<string, string>>;
  /** Each question that has an answer here, with the lines of its answers. */
  answers: ReadonlyMap<string, readonly Block[]>;
  /** What was asked so far and has no answer: the recording is older than the collector, or made by hand. */
  missing: readonly string[];
}

/** One answer's lines. */
export interface Block {
  lines: string[];
}

/**
 * Replays a transcript: `#` begins a comment, `@ NAME VALUE` a fact about the node, an answer's line one of `|`, `"`, `\`, `!`, `=`;
 * any other line is a question. Put again, a question gets its next answer, then the last for ever. One without an answer is failed and noted in `missing`.
 */
export function transcript(text: string): Transcript {
  const answers = new Map<string, Block[]>();
  const facts: Record<string, string> = {};
  let open: Block | null = null;
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    if (line.startsWith('@ ')) {
      const [name = '', ...value] = line.slice(2).split(' ');
      facts[name] = value.join(' ');
    } else if (/^[|"\\!=]/.test(line)) {
      if (open === null) throw new Error(`an answer before any question: ${line}`);
      open.lines.push(line);
    } else {
      open = { lines: [] };
      answers.set(line, [...(answers.get(line) ?? []), open]);
    }
  }
  const missing: string[] = [];
  return { host: replay(answers, missing), facts, answers, missing };
}

function replay(answers: ReadonlyMap<string, readonly Block[]>, missing: string[]): Host {
  const asked = new Map<string, number>();
  return {
    ask<K extends Kind>(kind: K, question: Question<K>): Promise<AnswerTo<K> | Unknown> {
      const text = questionText(kind, question);
      const blocks = answers.get(text);
      if (kind === 'pause') return Promise.resolve((question as Question<'pause'>).ms as AnswerTo<K>);
      if (blocks === undefined) {
        missing.push(text);
        return Promise.resolve(failed('the transcript has no answer to this'));
      }
      const times = asked.get(text) ?? 0;
      asked.set(text, times + 1);
      const block = blocks[Math.min(times, blocks.length - 1)];
      return Promise.resolve(answerOf(kind, block?.lines ?? []));
    },
  };
}
