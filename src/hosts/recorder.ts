import type { AnswerTo, Host, Kind, Question } from '../core/host.ts';
import { questionText } from '../core/question.ts';
import type { Unknown } from '../core/unknown.ts';
import { scrubbed } from './scrub.ts';
import { answerLines } from './transcript-text.ts';

/** A host that writes down what it is asked and what it answers. */
export interface Recorder {
  host: Host;
  /** The transcript so far, without secrets, under the comment that says where it is from. */
  text(origin: string): string;
}

/** Records everything that is asked of a host, as a transcript that replays it. */
export function recorder(host: Host): Recorder {
  const blocks: string[][] = [];
  return {
    host: {
      async ask<K extends Kind>(kind: K, question: Question<K>): Promise<AnswerTo<K> | Unknown> {
        const block: string[] = [questionText(kind, question)];
        if (kind !== 'pause') blocks.push(block);
        const answer = await host.ask(kind, question);
        block.push(...answerLines(kind, answer));
        return answer;
      },
    },
    text: (origin) => `${[`# ${origin}`, ...blocks.flat().map(scrubbed)].join('\n')}\n`,
  };
}
