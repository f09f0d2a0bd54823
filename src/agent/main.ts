import { parseArgs } from 'node:util';
import { VERSION } from '../core/version.gen.ts';
import { COLLECTORS } from '../subsystems/collectors.gen.ts';
import { EXIT, Refusal } from '../core/refusal.ts';
import { print } from './print.ts';
import { localReport } from './report.ts';

const USAGE = `usage: agent report [--json] [--only SECTION,…] [--frame NONCE]
       agent version
`;

/** Prints one report as JSON, or framed for the one who asked; nothing else ever goes to standard output. */
async function main(words: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { json: { type: 'boolean' }, only: { type: 'string' }, frame: { type: 'string' } },
  });
  const [command, ...rest] = positionals;
  if (command === 'version' && rest.length === 0) await print(`${VERSION}\n`);
  else if (command === 'report' && rest.length === 0) await report(values.only, values.frame);
  else throw new Error(`there is no ${positionals.join(' ') || 'command here'}`);
}

async function report(only: string | undefined, nonce: string | undefined): Promise<void> {
  const sections = only === undefined ? null : only.split(',');
  const stranger = sections?.find((name) => !(name in COLLECTORS));
  if (stranger !== undefined) throw new Error(`--only ${stranger} names no section; there are ${Object.keys(COLLECTORS).join(', ')}`);
  if (nonce !== undefined && !/^[\w-]{8,64}$/.test(nonce)) throw new Error('--frame takes 8 to 64 letters and digits');
  const json = JSON.stringify(await localReport(sections));
  if (nonce === undefined) await print(`${json}\n`);
  else await print((await import('./frame.ts')).framed(nonce, json, 0));
}

// Programs that a report runs are in groups of their own: only an orderly end takes them with it.
for (const [signal, number] of [['SIGHUP', 1], ['SIGINT', 2], ['SIGTERM', 15]] as const) process.once(signal, () => process.exit(128 + number));

main(process.argv.slice(2)).catch((error: unknown) => {
  const refused = error instanceof Refusal;
  process.stderr.write(`ward: ${error instanceof Error ? error.message : String(error)}\n${refused ? '' : USAGE}`);
  process.exitCode = refused ? error.exit : EXIT.usage;
});
