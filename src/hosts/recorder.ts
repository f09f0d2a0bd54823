import type { AnswerTo, Host, Kind, Question } from '../core/host.ts';
import { questionText } from '../core/question.ts';
import { Unknown } from '../core/unknown.ts';
import { scrubbed } from '../core/scrub.ts';
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
        const block = [scrubbed(questionText(kind, question))];
        if (kind !== 'pause') blocks.push(block);
        const answer = await host.ask(kind, question);
        block.push(...answerLines(kind, withoutSecrets(answer)));
        return answer;
      },
    },
    text: (origin) => `${[`# ${origin}`, ...blocks.flat()].join('\n')}\n`,
  };
}

/** The same answer with every text in it scrubbed: as a whole, for a secret may be of many lines, and before it is written as JSON. */
function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return scrubbed(value);
  if (value instanceof Unknown) return new Unknown(value.kind, scrubbed(value.reason), value.asked);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withoutSecrets(each)]));
}
