import { inTurn } from '../../core/in-turn.ts';
import { ModelFailure } from './ask-model.ts';
import type { ModelRequest } from './requests.ts';

const AT_ONCE = 4;

/** A whole line of an answer, or why no more come. */
export type Said = { line: string } | { error: string };

/** The answer on one subsystem, line by line as it comes. */
export interface Answering {
  subsystem: string;
  lines: ReadableStream<Said>;
}

/** Asks all questions, a few at once; each answer can be read from its beginning while others still come. */
export function answers(requests: readonly ModelRequest[], ask: (request: ModelRequest) => AsyncIterable<string>): Answering[] {
  const asked = requests.map((request) => ({ request, ...queue() }));
  const all = inTurn(asked, AT_ONCE, async ({ request, controller }) => {
    try {
      for await (const line of wholeLines(ask(request))) controller.enqueue({ line });
    } catch (error) {
      controller.enqueue({ error: error instanceof ModelFailure ? error.message : String(error) });
    }
    controller.close();
  });
  // Only where nobody reads any more.
  all.catch(() => undefined);
  return asked.map(({ request, stream }) => ({ subsystem: request.subsystem, lines: stream }));
}

function queue(): { stream: ReadableStream<Said>; controller: ReadableStreamDefaultController<Said> } {
  let controller: ReadableStreamDefaultController<Said> | undefined;
  const stream = new ReadableStream<Said>({
    start: (own) => {
      controller = own;
    },
  });
  if (controller === undefined) throw new Error('a stream did not start');
  return { stream, controller };
}

/** A stand-in may come in two pieces, so only whole lines are passed on. */
async function* wholeLines(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const piece of pieces) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    if (rest !== '') yield rest;
  }
}
