import { VERSION } from '../core/version.gen.ts';
import { COLLECTORS } from '../subsystems/collectors.gen.ts';
import { EXIT, type Exit, Refusal } from '../core/refusal.ts';
import { forcedWords } from './forced-command.ts';
import { print } from './print.ts';
import { localReport } from './report.ts';
import { withSmallHeap } from './small-heap.ts';
import { misused, wordsOf } from './words.ts';

const SIGNALS = [
  ['SIGHUP', 1],
  ['SIGINT', 2],
  ['SIGTERM', 15],
] as const;

const USAGE = `usage: agent report [--json] [--only SECTION,…] [--frame NONCE]
       agent follow       one report, or what changed, for each line that asks
       agent probe KIND TARGET [--frame NONCE]
       agent version
       agent ssh          what SSH_ORIGINAL_COMMAND says, for a key that may say nothing else
`;

export { localReport };

/** Does what the words of this process say; `reported` is called when a whole report is out. */
export function start(reported: () => void = () => {}): void {
  // Nobody here reads where an error was made, and finding that out costs more than most of what fails.
  Error.stackTraceLimit = 0;
  // Programs that a report runs are in groups of their own: only an orderly end takes them with it.
  for (const [signal, number] of SIGNALS) process.once(signal, () => process.exit(128 + number));
  process.once('uncaughtException', (error) => {
    end(error);
    process.exit();
  });
  main(process.argv.slice(2), reported).catch(end);
}

/** Prints one report as JSON, or framed for the one who asked; nothing else ever goes to standard output. */
async function main(words: readonly string[], reported: () => void): Promise<void> {
  const { only, nonce, command, rest } = wanted(
    words.length === 1 && words[0] === 'ssh' ? forcedWords(process.env['SSH_ORIGINAL_COMMAND']) : words,
  );
  if (command === 'version') return print(`${VERSION}\n`);
  if (command === 'probe') return answered(nonce, ...rest);
  if (command === 'follow') return followed();
  await told(nonce, JSON.stringify(await localReport(only)), EXIT.fine);
  if (only === null) reported();
}

/** Ends with its channel, whatever is still being collected. */
async function followed(): Promise<void> {
  withSmallHeap(['follow']);
  const [{ follow }, { residentReports }] = await Promise.all([import('./follow.ts'), import('./resident.ts')]);
  await follow({ input: process.stdin, report: residentReports(), print }).catch(end);
  process.exit();
}

async function told(nonce: string | null, json: string, exit: Exit): Promise<void> {
  return print(nonce === null ? `${json}\n` : await (await import('./frame.ts')).framed(nonce, json, exit));
}

/** A refusal is an answer, too, and so comes in a frame where one is wanted. */
async function answered(nonce: string | null, kind = '', target = ''): Promise<void> {
  try {
    const { localProbe } = await import('./probe.ts');
    await told(nonce, JSON.stringify(await localProbe(kind, target)), EXIT.fine);
  } catch (error) {
    if (nonce === null || !(error instanceof Refusal)) throw error;
    await told(nonce, JSON.stringify({ refused: error.message }), error.exit);
  }
}

interface Wanted {
  command: keyof typeof MOST_WORDS;
  /** The words behind it. */
  rest: readonly string[];
  only: readonly string[] | null;
  nonce: string | null;
}

/** How many words may stand behind each. */
const MOST_WORDS = { report: 0, follow: 0, probe: 2, version: 0 } as const;

const OPTIONS = { '--json': 'flag', '--only': 'value', '--frame': 'value' } as const;

function wanted(words: readonly string[]): Wanted {
  const { alone, options } = wordsOf(words, OPTIONS);
  const [command = '', ...rest] = alone;
  if (!isCommand(command) || rest.length > MOST_WORDS[command]) throw misused(`there is no ${alone.join(' ') || 'command here'}`);
  return { command, rest, only: sectionsIn(options.get('--only')), nonce: nonceIn(options.get('--frame')) };
}

function isCommand(word: string): word is Wanted['command'] {
  return Object.hasOwn(MOST_WORDS, word);
}

function sectionsIn(text: string | undefined): readonly string[] | null {
  const only = text?.split(',') ?? null;
  const stranger = only?.find((name) => !Object.hasOwn(COLLECTORS, name));
  if (stranger !== undefined) throw misused(`--only ${stranger} names no section; there are ${Object.keys(COLLECTORS).join(', ')}`);
  return only;
}

function nonceIn(text: string | undefined): string | null {
  if (text !== undefined && !/^[\w-]{8,64}$/.test(text)) throw misused('--frame takes 8 to 64 letters and digits');
  return text ?? null;
}

function end(error: unknown): void {
  const exit = error instanceof Refusal ? error.exit : EXIT.bug;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`ward: ${exit === EXIT.bug ? 'fault in ward: ' : ''}${message}\n${exit === EXIT.usage ? USAGE : ''}`);
  process.exitCode = exit;
}
