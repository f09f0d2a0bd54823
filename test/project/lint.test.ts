import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Copy, temporaryCopy } from './temporary-copy.ts';

const lines = (count: number, line: (at: number) => string) => Array.from({ length: count }, (_, at) => line(at)).join('\n');

/** A file that breaks one limit, and how the rule that holds it is called. */
const LIMITS: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['max-lines', 'src/core/long.ts', lines(301, (at) => `export const a${at} = ${at};`)],
  ['max-lines', 'test/long.ts', lines(401, (at) => `export const a${at} = ${at};`)],
  [
    'max-lines-per-function',
    'src/core/tall.ts',
    `export function tall(a: number[]): void {\n${lines(51, (at) => `  a.push(${at});`)}\n}\n`,
  ],
  ['max-params', 'src/core/many.ts', 'export const many = (a: 1, b: 2, c: 3, d: 4, e: 5) => a + b + c + d + e;\n'],
  [
    'complexity',
    'src/core/knot.ts',
    `export function knot(a: number): number {\n${lines(10, (at) => `  if (a === ${at}) return 1;`)}\n  return 0;\n}\n`,
  ],
  ['no-restricted-imports', 'src/hosts/import.ts', "import { execSync } from 'node:child_process';\nexport const shell = execSync;\n"],
  ['no-restricted-globals', 'src/core/global.ts', 'export const where = () => process.cwd();\n'],
  ['no-explicit-any', 'src/core/loose.ts', 'export const loose = (a: any): unknown => a;\n'],
  ['no-floating-promises', 'src/hosts/lost.ts', 'export function lost(): void {\n  Promise.resolve(1);\n}\n'],
  ['no-default-export', 'src/core/default.ts', 'export default 1;\n'],
  ['no-cycle', 'src/core/ring.ts', "import { ring2 } from './ring2.ts';\nexport const ring = (): number => ring2();\n"],
  ['no-cycle', 'src/core/types.ts', "import type { Two } from './types2.ts';\nexport type One = Two[];\n"],
];

const SHELLS = ["spawn('ls', [], { shell: true });", "spawn('ls', [], { shell: '/bin/sh' });", "exec('ls');", "child.execSync('ls');"];
const NO_SHELLS = ["spawn('/bin/ls', [], { shell: false });", "/a/.exec('a');"];
const DECLARED = 'declare const spawn: (...words: unknown[]) => void, exec: typeof spawn, child: { execSync: typeof spawn };\n';

describe('the linters', () => {
  let oxlint: string;
  let biome: string;
  let copy: Copy;
  beforeAll(() => {
    copy = temporaryCopy('scripts/lint', '.oxlintrc.json', 'biome.json', 'tsconfig.json', 'package.json');
    copy.write('src/core/ring2.ts', "import { ring } from './ring.ts';\nexport const ring2 = (): number => ring();\n");
    copy.write('src/core/types2.ts', "import type { One } from './types.ts';\nexport type Two = One | null;\n");
    for (const [, file, text] of LIMITS) copy.write(file, text);
    for (const [at, call] of [...SHELLS, ...NO_SHELLS].entries()) copy.write(`src/core/shell-${at}.ts`, DECLARED + call);
    copy.write('src/core/loud.ts', 'export const loud = () => console.log(1);\n');
    oxlint = copy.run('oxlint', '--format', 'unix', 'src', 'test').text;
    biome = copy.run('biome', 'lint', '--vcs-enabled=false', '--reporter=github', 'src').text;
  });
  afterAll(() => copy.end());

  it.each(LIMITS)('hold %s in %s', (rule, file) => {
    const said = oxlint.split('\n').filter((line) => line.startsWith(`${file}:`));
    expect(
      said.some((line) => line.includes(`(${rule})`)),
      said.join('\n'),
    ).toBe(true);
  });

  it.each(SHELLS.map((call, at) => [call, at] as const))('find the shell in %s', (_call, at) => {
    expect(
      biome
        .split('\n')
        .filter((line) => line.includes(`src/core/shell-${at}.ts`))
        .join('\n'),
    ).toContain('Nothing is run through a shell');
  });

  it.each(NO_SHELLS.map((call, at) => [call, SHELLS.length + at] as const))('let %s be', (_call, at) => {
    expect(biome).not.toContain(`src/core/shell-${at}.ts`);
  });

  it('keep the console out of src, where standard output is for data', () => {
    expect(biome).toMatch(/noConsole.*src\/core\/loud\.ts/);
  });
});

describe('the search for dead code', () => {
  it('finds a file that nobody imports, and an export that nobody uses', () => {
    const copy = temporaryCopy();
    copy.write('src/core/dead-file.ts', 'export const dead = 1;\n');
    copy.write('src/core/nearest.ts', `export const deadExport = 1;\nexport const nearest = () => null;\n`);
    const { exit, text } = copy.run('knip', '--reporter', 'compact');
    copy.end();
    expect(exit).not.toBe(0);
    expect(text).toContain('src/core/dead-file.ts');
    expect(text).toContain('deadExport');
  });
});
