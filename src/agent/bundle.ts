import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import type { Endpoint } from '../core/profile.ts';
import type { Report } from '../core/report.ts';
import { keepCode, readCode } from './kept-code.ts';
import { reachable, samplePath } from './sample-file.ts';

type Program = typeof import('./program.ts');
type Run = (exports: Program, require: NodeJS.Require) => void;

/** The bundled program.ts, and a digest of it; put in by the build. */
declare const PROGRAM: string;
declare const PROGRAM_DIGEST: string;

// The agent as it is shipped: its program is a text in here, so that most of it need not be compiled anew by each run. From memory it has no file.
const TEXT = `(function(exports,require){${PROGRAM}\n})`;
const isFile = require.main !== undefined;
const place = placeOfCode();
const kept = place === null ? undefined : readCode(place);
const { program, codeNow } = loaded();
let willKeep = false;

/** The report of this machine, for a ward that has this agent beside it. */
export async function localReport(only: readonly string[] | null = null, checks: readonly Endpoint[] | null = null): Promise<Report> {
  const report = await program.localReport(only, checks);
  if (only === null) keepAtEnd();
  return report;
}

if (!isFile || require.main === module) program.start(keepAtEnd);

/** Where compiled code is kept: beside the counters of the last report. Other flags make other code, which is not kept. */
function placeOfCode(): string | null {
  if (!isFile || process.execArgv.length > 0 || !('getBuiltinModule' in process)) return null;
  const sample = reachable(samplePath());
  if (sample === null) return null;
  // V8 holds code against the length of its text only: a file that somebody changed by hand must not run as it was before.
  const changed_ms = Math.round(statSync(__filename).mtimeMs).toString(36);
  return join(dirname(sample), `agent-${PROGRAM_DIGEST}-${changed_ms}-${process.version}.code`);
}

function loaded(): { program: Program; codeNow: (() => Buffer) | null } {
  const { run, codeNow } = place === null ? { run: plainly(TEXT), codeNow: null } : withCode(TEXT);
  const exports = {} as Program;
  run(exports, require);
  return { program: exports, codeNow };
}

/** As Node.js itself compiles a module. */
function plainly(text: string): Run {
  const own = module as typeof module & { _compile(source: string, filename: string): void };
  const { exports } = own;
  // From memory the file has a name that is no path, and by which nothing could be imported.
  own._compile(`module.exports=${text}`, isFile ? __filename : '/agent.cjs');
  const run = own.exports as Run;
  own.exports = exports;
  return run;
}

function withCode(text: string): { run: Run; codeNow: (() => Buffer) | null } {
  const script = new Script(text, { filename: __filename, ...(kept === undefined ? {} : { cachedData: kept }) });
  const isNew = kept === undefined || script.cachedDataRejected === true;
  return { run: script.runInThisContext() as Run, codeNow: isNew ? () => script.createCachedData() : null };
}

/** What a whole report needed is compiled by then, so that the next run need not. Whoever stays and asks again and again keeps it once. */
function keepAtEnd(): void {
  if (willKeep || place === null || codeNow === null) return;
  willKeep = true;
  process.once('exit', () => keepCode(place, codeNow()));
}
