import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { goProgram } from '../go.ts';
import { BINARIES } from '../places.ts';
import { LabError, ran, run, say } from '../run.ts';

/** A program that is built from its Go module. */
export interface Source {
  /** The file that comes of it. */
  name: string;
  module: string;
  version: string;
  /** The folder of its main package. */
  folder: string;
  /** Seconds for the build alone, with nothing built yet. */
  limit_s: number;
  /** What is changed in the copy of the module before it is built. */
  prepare?: (go: string, copy: string) => void;
}

/** The program, built once: a copy of its module, for its own list of versions and replacements to hold. */
export function built(source: Source): string {
  const { name, version } = source;
  const place = join(BINARIES, `${name}-${version}`);
  if (existsSync(place)) return place;
  say(`building ${name} ${version}, once; up to ${Math.ceil(source.limit_s / 60)} minutes`);
  try {
    build(source, place);
  } catch (error) {
    throw error instanceof LabError ? new LabError(`${name} ${version} could not be built: ${error.message}`) : error;
  }
  return place;
}

function build({ name, module, version, folder, limit_s, prepare }: Source, place: string): void {
  const go = goProgram();
  const source = downloaded(go, `${module}@${version}`);
  const copy = mkdtempSync(join(tmpdir(), `lab-${name}-`));
  try {
    cpSync(source, copy, { recursive: true });
    run(['chmod', '-R', 'u+w', copy]);
    prepare?.(go, copy);
    run(['nice', go, 'build', '-trimpath', '-o', join(copy, `${name}.built`), folder], { cwd: copy, limit_s });
    mkdirSync(BINARIES, { recursive: true });
    const half = `${place}.${process.pid}.half`;
    cpSync(join(copy, `${name}.built`), half);
    renameSync(half, place);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** The folder of a module at its version; Go tells also what went wrong as JSON. */
function downloaded(go: string, module: string): string {
  const { exit, stdout, stderr } = ran([go, 'mod', 'download', '-json', module], { limit_s: 300 });
  const { Dir: folder, Error: problem } = JSON.parse(stdout || '{}') as { Dir?: string; Error?: string };
  const why = problem ?? `go mod download ${module} ended with ${exit}: ${stderr}`;
  if (folder === undefined) throw new LabError(why.trim().replaceAll(/\s+/g, ' ').slice(0, 300));
  return folder;
}
