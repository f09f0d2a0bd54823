import { ageInWords } from '../../core/units.ts';
import { visible } from '../../core/clean.ts';
import { keptChannels } from '../../fleet/kept-channels.ts';
import type { Io } from '../io.ts';
import { exitOf } from './exit-of.ts';
import type { Round } from './round.ts';
import { roundText, type Watched } from './round-text.ts';
import { type RoundOf, takeRound } from './take-round.ts';

/** A round that is shown, and when it was taken. */
interface Good {
  text: string;
  at_ms: number;
  exit: number;
}

/**
 * Rounds every so many seconds until it is interrupted, each begun only when the last is over. On a terminal each is drawn over the last;
 * elsewhere they follow each other. A round that fails leaves the last good one on show, with its age.
 */
export async function watch(io: Io, watched: Watched, every_s: number): Promise<number> {
  const channels = keptChannels();
  try {
    return await rounds(io, { ...watched, channels }, every_s);
  } finally {
    channels.close();
  }
}

async function rounds(io: Io, watched: Watched & Pick<RoundOf, 'channels'>, every_s: number): Promise<number> {
  let good: Good | null = null;
  while (!io.signal.aborted) {
    const begun_ms = Date.now();
    const round = await tried(io, watched);
    if (io.signal.aborted) break;
    if (!(round instanceof Error)) {
      good = {
        text: await roundText(io, round, watched),
        at_ms: begun_ms,
        exit: exitOf(round, watched.wants.failOn ?? watched.view.failOn),
      };
      await show(io, good.text);
    } else {
      await show(io, failedText(round, good));
    }
    await pause(io.signal, every_s * 1000 - (Date.now() - begun_ms));
  }
  return good?.exit ?? 0;
}

async function tried(io: Io, watched: RoundOf): Promise<Round | Error> {
  try {
    return await takeRound(io, watched);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function failedText({ message }: Error, good: Good | null): string {
  const said = `round failed: ${visible(message)}`;
  return good === null ? `${said}\n` : `${good.text}\n${said}; what is shown is ${ageInWords((Date.now() - good.at_ms) / 1000)} old\n`;
}

/** Home, then each line with its rest cleared, then the rest of the screen: no flicker, and nothing to undo at the end. */
async function show({ stdout, print }: Io, text: string): Promise<void> {
  await print(stdout.isTTY ? `\x1b[H${text.replaceAll('\n', '\x1b[K\n')}\x1b[J` : `${text}\n`);
}

function pause(signal: AbortSignal, ms: number): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
