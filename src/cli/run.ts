import { CommanderError } from 'commander';
import { EXIT, Refusal } from '../core/refusal.ts';
import { endingOf } from './failure.ts';
import { interruption } from './interruption.ts';
import type { Io } from './io.ts';
import { printed } from './output.ts';
import { program } from './program.ts';

/** Runs one command line to its end and gives its exit code; says on standard error why, where it is not fine. */
export async function run(words: readonly string[]): Promise<number> {
  const interrupted = interruption();
  const io = ioOf(interrupted.signal, words);
  let exit: number = EXIT.fine;
  try {
    const command = program(io, (code) => {
      exit = code;
    });
    const parsed = command.parseAsync(words.length === 0 ? ['node', 'report'] : [...words], { from: 'user' });
    await Promise.race([parsed, interrupted.overdue]);
  } catch (error) {
    exit = await ended(error, io, words);
  }
  return interrupted.exit() ?? exit;
}

async function ended(error: unknown, io: Io, words: readonly string[]): Promise<number> {
  try {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw usageOf(error);
    await io.print(io.held());
    return EXIT.fine;
  } catch (failure) {
    const { exit, text } = endingOf(failure, {
      json: words.includes('--json') && !words.includes('--nagios'),
      debug: io.env['WARD_DEBUG'] === '1',
    });
    if (words.includes('--nagios') && exit !== EXIT.fine) {
      const { nagiosText } = await import('./monitor/nagios.ts');
      const [said = ''] = text.replace(/^ward: /, '').split('\n');
      await io.print(`${nagiosText(3, said)}\n`).catch(() => undefined);
      return 3;
    }
    io.say(text);
    return exit;
  }
}

function ioOf(signal: AbortSignal, words: readonly string[]): Io {
  const facts = ({ isTTY, columns }: NodeJS.WriteStream) => ({ isTTY: isTTY === true, columns });
  let held = '';
  return {
    print: printed,
    say: (text) => void (text !== '' && process.stderr.write(text)),
    hold: (text) => {
      held += text;
    },
    held: () => held,
    stdout: facts(process.stdout),
    stderr: facts(process.stderr),
    env: words.includes('--no-color') ? { ...process.env, NO_COLOR: '1', FORCE_COLOR: '' } : process.env,
    cwd: process.cwd(),
    signal,
  };
}

/** What commander says of wrong words, in our own voice. */
function usageOf({ message }: CommanderError): Refusal {
  const said = message.replace(/^error: /, '').replace(/\n\(Did you mean (?:one of )?(.+)\?\)$/, '; nearest is $1');
  return new Refusal(EXIT.usage, said, { next: 'ward --help lists what there is.' });
}
