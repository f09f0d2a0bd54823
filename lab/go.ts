import { join } from 'node:path';
import { LabError, ran, run, say } from './run.ts';
import { installPackages } from './tools.ts';

/** What the lab's programs ask for. */
const NEEDED = { major: 1, minor: 26 };

/** Served by the module proxy like any module, so that a distribution's older Go can fetch it. */
const TOOLCHAIN = 'golang.org/toolchain@v0.0.1-go1.26.8.linux-';

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** A Go that is new enough: the machine's own, else one fetched with it; Debian's is installed where there is none at all. */
export function goProgram(): string {
  const own = found() ?? installed();
  if (isNewEnough(own)) return own;
  say(`fetching a newer Go, because ${own} is too old`);
  const module = `${TOOLCHAIN}${ARCHITECTURES[process.arch] ?? process.arch}`;
  const { Dir: folder } = JSON.parse(run([own, 'mod', 'download', '-json', module], { limit_s: 300, env: { GOFLAGS: '-modcacherw' } })) as {
    Dir: string;
  };
  // A module's files come without the right to be run.
  run(['chmod', '-R', 'a+x', join(folder, 'bin'), join(folder, 'pkg/tool')]);
  return join(folder, 'bin/go');
}

function found(): string | null {
  return ['go', '/usr/local/go/bin/go', '/usr/lib/go/bin/go'].find((program) => ran([program, 'version']).exit === 0) ?? null;
}

function installed(): string {
  installPackages(['golang-go']);
  const program = found();
  if (program === null) throw new LabError('there is no Go to build with, also after golang-go was installed');
  return program;
}

function isNewEnough(program: string): boolean {
  const [, major = 0, minor = 0] = /go(\d+)\.(\d+)/.exec(run([program, 'version']))?.map(Number) ?? [];
  return major > NEEDED.major || (major === NEEDED.major && minor >= NEEDED.minor);
}
