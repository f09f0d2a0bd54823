import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Copy, temporaryCopy } from './temporary-copy.ts';

const lines = (count: number, line: (at: number) => string) => Array.from({ length: count }, (_, at) => line(at)).join('\n');

/** A file that breaks one limit, and how the rule that holds it is called. */
const OFFENCES: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['eslint(max-lines)', 'src/core/long.ts', lines(301, (at) => `export const a${at} = ${at};`)],
  ['eslint(max-lines)', 'test/core/long.ts', lines(401, (at) => `export const a${at} = ${at};`)],
  [
    'eslint(max-lines-per-function)',
    'src/core/long.ts',
    `export function long(): number {\n  let a = 0;\n${lines(50, () => '  a += 1;')}\n  return a;\n}\n`,
  ],
  ['eslint(max-params)', 'src/core/many.ts', 'export const many = (a: 1, b: 2, c: 3, d: 4, e: 5) => a + b + c + d + e;\n'],
  [
    'eslint(complexity)',
    'src/core/knot.ts',
    `export function knot(a: number): number {\n${lines(10, (at) => `  if (a === ${at}) return 1;`)}\n  return 0;\n}\n`,
  ],
  [
    'eslint(no-restricted-imports)',
    'src/hosts/shell.ts',
    "import { execSync } from 'node:child_process';\nexport const shell = execSync;\n",
  ],
  ['eslint(no-restricted-globals)', 'src/core/global.ts', 'export const where = () => process.cwd();\n'],
  ['typescript(no-explicit-any)', 'src/core/loose.ts', 'export const loose = (a: any): unknown => a;\n'],
  ['typescript(no-floating-promises)', 'src/hosts/lost.ts', 'export function lost(): void {\n  Promise.resolve(1);\n}\n'],
  ['import(no-default-export)', 'src/core/default.ts', 'export default 1;\n'],
  ['import(no-cycle)', 'src/core/ring.ts', "import { ring2 } from './ring2.ts';\nexport const ring = (): number => ring2();\n"],
];

const SHELLS = ["spawn('ls', [], { shell: true })", "spawn('ls', [], { shell: '/bin/sh' })", "exec('ls')", "child.execSync('ls')"];

describe('the linters', () => {
  let copy: Copy;
  beforeAll(() => {
    copy = temporaryCopy('src/core', 'scripts/lint', '.oxlintrc.json', 'biome.json', 'tsconfig.json', 'package.json', '.gitignore');
    copy.write('src/core/ring2.ts', "import { ring } from './ring.ts';\nexport const ring2 = (): number => ring();\n");
  });
  afterAll(() => copy.end());

  it.each(OFFENCES)('hold %s in %s', (rule, file, text) => {
    copy.write(file, text);
    const { exit, text: said } = copy.run('oxlint', file);
    copy.remove(file);
    expect(said).toContain(rule);
    expect(exit).toBe(1);
  });

  it.each(SHELLS)('find a shell in %s', (call) => {
    copy.write(
      'src/core/shell.ts',
      `declare const spawn: (...words: unknown[]) => void;\ndeclare const exec: typeof spawn;\ndeclare const child: { execSync: typeof spawn };\n${call};\n`,
    );
    const { exit, text } = copy.run('biome', 'lint', '--vcs-enabled=false', 'src/core/shell.ts');
    copy.remove('src/core/shell.ts');
    expect(text).toContain('Nothing is run through a shell');
    expect(exit).toBe(1);
  });

  it('lets a program be started by words, and a pattern be executed', () => {
    copy.write(
      'src/core/fine.ts',
      "declare const spawn: (...words: unknown[]) => void;\nspawn('/bin/ls', [], { shell: false });\nexport const found = /a/.exec('a');\n",
    );
    const { text } = copy.run('biome', 'lint', '--vcs-enabled=false', 'src/core/fine.ts');
    copy.remove('src/core/fine.ts');
    expect(text).not.toContain('shell');
  });

  it('keep the console out of src, where standard output is for data', () => {
    copy.write('src/core/loud.ts', 'export const loud = () => console.log(1);\n');
    const { exit, text } = copy.run('biome', 'lint', '--vcs-enabled=false', 'src/core/loud.ts');
    copy.remove('src/core/loud.ts');
    expect(text).toContain('noConsole');
    expect(exit).toBe(1);
  });
});
