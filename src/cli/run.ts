import { CommanderError } from 'commander';
import { EXIT, Refusal } from '../core/refusal.ts';
import { endingOf } from './failure.ts';
import { type Interruption, interruption } from './interruption.ts';
import type { Io } from './io.ts';
import { printed } from './output.ts';
import { program } from './program.ts';

/** Runs one command line to its end and gives its exit code; says on standard error why, where it is not fine. */
export async function run(words: readonly string[], live: Io['live']): Promise<number> {
  const interrupted = interruption();
  const io = { ...ioOf(interrupted, words), live };
  let exit: number = EXIT.fine;
  try {
    const command = program(io, (code) => {
      exit = code;
    });
    const parsed = command.parseAsync(words.length === 0 ? ['node', 'report'] : [...words], { from: 'user' });
    await Promise.race([parsed, interrupted.overdue]);
  } catch (error) {
    exit = await helped(error, io).catch((failure: unknown) => failed(failure, io, words));
  }
  return interrupted.exit() ?? exit;
}

/** Prints the help or the version that was asked for; throws on what is a failure, in our own voice. */
async function helped(error: unknown, io: Io): Promise<number> {
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode !== 0) throw usageOf(error, io.held());
  await io.print(io.held());
  return EXIT.fine;
}

function usageOf({ code, message }: CommanderError, held: string): Refusal {
  if (code === 'commander.help') {
    const [, usage = 'ward COMMAND'] = /^Usage: (.+)/.exec(held) ?? [];
    return new Refusal(EXIT.usage, 'a command is missing', { next: `Usage: ${usage}` });
  }
  const said = message.replace(/^error: /, '').replace(/\n\(Did you mean (?:one of )?(.+)\?\)$/, '; nearest is $1');
  return new Refusal(EXIT.usage, said, { next: 'ward --help lists what there is.' });
}

/** Says why the command failed, in the form that was asked for. */
async function failed(failure: unknown, io: Io, words: readonly string[]): Promise<number> {
  const nagios = words.includes('--nagios');
  const { exit, text } = endingOf(failure, { json: words.includes('--json') && !nagios, debug: io.env['WARD_DEBUG'] === '1' });
  if (!nagios || exit === EXIT.fine) {
    io.say(text);
    return exit;
  }
  const { nagiosText } = await import('./monitor/nagios.ts');
  const [said = ''] = text.replace(/^ward: /, '').split('\n');
  await io.print(`${nagiosText(3, said)}\n`).catch(() => undefined);
  return 3;
}

function ioOf({ signal, lending }: Interruption, words: readonly string[]): Omit<Io, 'live'> {
  const facts = ({ isTTY, columns }: NodeJS.WriteStream) => ({ isTTY: isTTY === true, columns });
  const env = words.includes('--no-color') ? { ...process.env, NO_COLOR: '1', FORCE_COLOR: '' } : process.env;
  let held = '';
  return {
    print: printed,
    page: (text) => (process.stdout.isTTY ? lending(() => shown(text, env, signal)) : printed(text)),
    say: (text) => void (text !== '' && process.stderr.write(text)),
    hold: (text) => {
      held += text;
    },
    held: () => held,
    stdin: { isTTY: process.stdin.isTTY === true },
    stdout: facts(process.stdout),
    stderr: facts(process.stderr),
    env,
    cwd: process.cwd(),
    signal,
  };
}

async function shown(text: string, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
  const { isLong, paged, pagerOf } = await import('./pager.ts');
  const pager = isLong(text, process.stdout.rows) ? pagerOf(env) : null;
  await (pager === null ? printed(text) : paged(text, pager, signal));
}
