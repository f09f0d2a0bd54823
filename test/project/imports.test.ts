import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Copy, temporaryCopy } from './temporary-copy.ts';

/** Each breaks one rule on purpose, in a file that is written for it. */
const OFFENCES: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['imports-point-one-way', 'src/core/bad-1.ts', "import { framed } from '../agent/frame.ts';\nexport const bad = framed;\n"],
  ['imports-point-one-way', 'src/hosts/bad-2.ts', "export type Bad = import('../fleet/secret.ts').Secret;\n"],
  ['imports-point-one-way', 'src/agent/bad-3.ts', "export const bad = () => import('../fleet/secret.ts');\n"],
  ['imports-point-one-way', 'src/core/bad-4.ts', "export * from '../../test/cases/page.ts';\n"],
  [
    'subsystems-stand-alone',
    'src/subsystems/a/bad-5.ts',
    "import type { Wireguard } from '../wireguard/section.ts';\nexport type Bad = Wireguard;\n",
  ],
  ['subsystems-stand-alone', 'src/subsystems/a/bad-6.ts', "export { SUBSYSTEMS as bad } from '../all.gen.ts';\n"],
  ['subsystems-ask-the-host', 'src/subsystems/a/bad-7.ts', "import { readFileSync } from 'node:fs';\nexport const bad = readFileSync;\n"],
  ['subsystems-ask-the-host', 'src/core/bad-8.ts', "export const bad = () => process.getBuiltinModule('node:net');\n"],
  ['the-agent-ships-bare', 'src/hosts/bad-9.ts', "import { parse } from 'yaml';\nexport const bad = parse;\n"],
  ['the-agent-ships-bare', 'src/subsystems/a/bad-10.ts', "import * as z from 'zod/mini';\nexport const bad = z.string();\n"],
  ['the-agent-ships-bare', 'src/subsystems/a/section.ts', "import { z } from 'zod';\nexport const bad = z.string();\n"],
  ['the-lab-measures-apart', 'lab/bad-11.ts', "import { size } from '../src/core/units.ts';\nexport const bad = size;\n"],
  ['every-folder-is-in-the-table', 'src/utils/bad-12.ts', 'export const bad = 1;\n'],
  ['every-folder-is-in-the-table', 'src/bad-13.ts', 'export const bad = 1;\n'],
];

describe('the import table', () => {
  let said: string[];
  let copy: Copy;
  beforeAll(() => {
    copy = temporaryCopy('scripts', 'package.json');
    for (const [, file, text] of OFFENCES) copy.write(file, text);
    const { exit, text } = copy.run('node', 'scripts/check-imports.ts');
    expect(exit).toBe(1);
    said = text.trim().split(/\n(?! )/);
  });
  afterAll(() => copy.end());

  it('is kept by the project as it stands', () => {
    const own = temporaryCopy('src', 'lab', 'scripts', 'package.json');
    const { exit, text } = own.run('node', 'scripts/check-imports.ts');
    own.end();
    expect(text).toMatch(/^imports: \d+ in \d+ files keep the 6 rules\n$/);
    expect(exit).toBe(0);
  });

  it.each(OFFENCES)('catches what breaks %s in %s, once, and says what to do', (rule, file) => {
    const [sentence, ...more] = said.filter((each) => each.startsWith(`${file}:`));
    expect(more).toEqual([]);
    expect(sentence).toMatch(
      new RegExp(`^${file}(:\\d+: imports .+|: stands in no folder of the table) \\(${rule}\\)\n {4}[A-Z].{30,}\\.$`),
    );
  });
});
