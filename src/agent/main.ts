import { parseArgs } from 'node:util';
import { VERSION } from '../core/version.gen.ts';
import { COLLECTORS } from '../subsystems/collectors.gen.ts';
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
  if (command === 'version' && rest.length === 0) process.stdout.write(`${VERSION}\n`);
  else if (command === 'report' && rest.length === 0) await report(values.only, values.frame);
  else throw new Error(`there is no ${positionals.join(' ') || 'command here'}`);
}

async function report(only: string | undefined, nonce: string | undefined): Promise<void> {
  const sections = only === undefined ? null : only.split(',');
  const stranger = sections?.find((name) => !(name in COLLECTORS));
  if (stranger !== undefined) throw new Error(`--only ${stranger} names no section; there are ${Object.keys(COLLECTORS).join(', ')}`);
  if (nonce !== undefined && !/^[\w-]{8,64}$/.test(nonce)) throw new Error('--frame takes 8 to 64 letters and digits');
  const json = JSON.stringify(await localReport(sections));
  if (nonce === undefined) process.stdout.write(`${json}\n`);
  else process.stdout.write((await import('./frame.ts')).framed(nonce, json, 0));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`ward: ${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  process.exitCode = 2;
});
