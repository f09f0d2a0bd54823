import { CommanderError } from 'commander';
import { EXIT, Refusal } from '../core/refusal.ts';
import { endingOf } from './failure.ts';
import type { Io } from './io.ts';
import { printed } from './output.ts';
import { program } from './program.ts';

/** Runs one command line to its end and gives its exit code; says on standard error why, where it is not fine. */
export async function run(words: readonly string[]): Promise<number> {
  let exit: number = EXIT.fine;
  const interrupted = new AbortController();
  const io = ioOf(interrupted.signal);
  try {
    await program(io, (code) => {
      exit = code;
    }).parseAsync(words.length === 0 ? ['node', 'report'] : [...words], { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.fine;
    const ending = endingOf(usageOf(error), { json: words.includes('--json'), debug: process.env['WARD_DEBUG'] === '1' });
    io.say(ending.text);
    return ending.exit;
  }
}

function ioOf(signal: AbortSignal): Io {
  const facts = ({ isTTY, columns }: NodeJS.WriteStream) => ({ isTTY: isTTY === true, columns });
  return {
    print: printed,
    say: (text) => void process.stderr.write(text),
    stdout: facts(process.stdout),
    stderr: facts(process.stderr),
    env: process.env,
    cwd: process.cwd(),
    signal,
  };
}

/** What commander says of wrong words, in our own voice. */
function usageOf(error: unknown): unknown {
  if (!(error instanceof CommanderError)) return error;
  const said = error.message.replace(/^error: /, '').replace(/\n\(Did you mean (.+)\?\)$/, '; nearest is $1');
  return new Refusal(EXIT.usage, said, { next: 'ward --help lists what there is.' });
}
