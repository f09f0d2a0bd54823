import { printableJson } from '../../core/clean.ts';
import { many } from '../../core/units.ts';
import { type Answering, answers } from '../../inspect/ai/answers.ts';
import { askModel } from '../../inspect/ai/ask-model.ts';
import { type Endpoint, endpointOf } from '../../inspect/ai/endpoint.ts';
import { type Redaction, redaction } from '../../inspect/ai/redaction.ts';
import { type ModelRequest, modelRequests } from '../../inspect/ai/requests.ts';
import type { AiAnswer, Inspected } from '../../inspect/report.ts';
import type { Io } from '../io.ts';
import { own, span } from '../render/line.ts';
import { paint } from '../render/paint.ts';
import { cleanFor } from '../render/signs.ts';
import type { Terminal } from '../render/terminal.ts';
import { wrapped } from '../render/wrap.ts';
import type { AiWants } from './wants.ts';

/** What a model can be asked about one inspection. */
export interface Questions {
  requests: readonly ModelRequest[];
  redaction: Redaction;
  endpoint: Endpoint;
}

/** Prints exactly what would be sent, and sends nothing. */
export async function printPayload(io: Io, inspected: Inspected, { model }: AiWants): Promise<void> {
  const requests = modelRequests(inspected, model, redaction(inspected.snapshot));
  await io.print(`${printableJson(requests, 2)}\n`);
}

/** Where to ask, read before anything else takes time; null where nobody is to be asked. */
export function endpointFor(io: Io, ai: AiWants | null): Endpoint | null {
  return ai === null || ai.dryRun ? null : endpointOf(ai, io.env);
}

/** Makes the questions and says on standard error where they go. */
export function questionsFor(io: Io, inspected: Inspected, endpoint: Endpoint): Questions {
  const hiding = redaction(inspected.snapshot);
  const requests = modelRequests(inspected, endpoint.model, hiding);
  const said =
    requests.length === 0
      ? 'nothing failed or warned, so no model is asked'
      : `${many(requests.length, 'question')} to ${endpoint.url.host}, with names, addresses and keys hidden`;
  io.say(`ward: ${said}\n`);
  return { requests, redaction: hiding, endpoint };
}

/** All answers, when they are whole. */
export async function gathered(io: Io, questions: Questions): Promise<AiAnswer[]> {
  const all: AiAnswer[] = [];
  for (const answering of asked(io, questions)) all.push(await told(answering, questions.redaction, async () => undefined));
  return all;
}

/** All answers, each line printed when it comes. */
export async function printed(io: Io, questions: Questions, terminal: Terminal): Promise<AiAnswer[]> {
  const all: AiAnswer[] = [];
  for (const answering of asked(io, questions)) {
    const heading = [
      span(terminal, `${questions.endpoint.model} on ${answering.subsystem}`, 'strong'),
      own(', a guess: check before you act', 'muted'),
    ];
    await io.print(`\n${paint([heading], terminal)}`);
    all.push(await told(answering, questions.redaction, async (line) => io.print(lineText(terminal, line))));
  }
  return all;
}

function asked(io: Io, { requests, endpoint }: Questions): Answering[] {
  return answers(requests, (request) => askModel(endpoint, request, io.signal));
}

async function told({ subsystem, lines }: Answering, { restore }: Redaction, show: (line: string) => Promise<void>): Promise<AiAnswer> {
  const answer: string[] = [];
  let error: string | null = null;
  for await (const said of lines) {
    if ('error' in said) {
      error = said.error;
      await show(`No ${answer.length === 0 ? '' : 'further '}answer: ${said.error}.`);
    } else {
      const line = restore(said.line);
      answer.push(line);
      await show(line);
    }
  }
  return { subsystem, answer: answer.join('\n'), error };
}

/** Text of a model is as little to be trusted as that of a node. */
function lineText(terminal: Terminal, line: string): string {
  const lines = wrapped(cleanFor(terminal, line.trimEnd()), terminal.width);
  return `${lines.length === 0 ? '' : lines.join('\n')}\n`;
}
