import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Copy, temporaryCopy } from './temporary-copy.ts';

/** Each breaks one rule on purpose, in a file that is written for it: whom it imports, and which rule says so. */
const OFFENCES: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['imports-point-one-way', 'src/core/bad.ts', "import { framed } from '../agent/frame.ts';\nexport const bad = framed;\n"],
  ['imports-point-one-way', 'src/hosts/bad.ts', "export type Bad = import('../fleet/secret.ts').Secret;\n"],
  ['imports-point-one-way', 'src/agent/bad.ts', "export const bad = () => import('../fleet/secret.ts');\n"],
  ['imports-point-one-way', 'src/core/bad.ts', "export * from '../../test/cases/page.ts';\n"],
  [
    'subsystems-stand-alone',
    'src/subsystems/system/bad.ts',
    "import type { Wireguard } from '../wireguard/section.ts';\nexport type Bad = Wireguard;\n",
  ],
  ['subsystems-stand-alone', 'src/subsystems/system/bad.ts', "export { SUBSYSTEMS as bad } from '../all.gen.ts';\n"],
  [
    'subsystems-ask-the-host',
    'src/subsystems/system/bad.ts',
    "import { readFileSync } from 'node:fs';\nexport const bad = readFileSync;\n",
  ],
  ['subsystems-ask-the-host', 'src/core/bad.ts', "export const bad = () => process.getBuiltinModule('node:net');\n"],
  ['the-agent-ships-bare', 'src/hosts/bad.ts', "import { parse } from 'yaml';\nexport const bad = parse;\n"],
  ['the-agent-ships-bare', 'src/subsystems/system/bad.ts', "import * as z from 'zod/mini';\nexport const bad = z.string();\n"],
  ['the-agent-ships-bare', 'src/subsystems/dns/section.ts', "import { z } from 'zod';\nexport const bad = z.string();\n"],
  ['the-lab-measures-apart', 'lab/bad.ts', "import { size } from '../src/core/units.ts';\nexport const bad = size;\n"],
  ['every-folder-is-in-the-table', 'src/utils/bad.ts', 'export const bad = 1;\n'],
  ['every-folder-is-in-the-table', 'src/bad.ts', 'export const bad = 1;\n'],
];

describe('the import table', () => {
  let copy: Copy;
  beforeAll(() => {
    copy = temporaryCopy('src', 'lab', 'scripts', 'package.json');
  });
  afterAll(() => copy.end());

  it('is kept by the project as it stands', () => {
    expect(copy.run('node', 'scripts/check-imports.ts')).toEqual({
      exit: 0,
      text: expect.stringMatching(/^imports: \d+ in \d+ files keep the 6 rules\n$/),
    });
  });

  it.each(OFFENCES)('catches what breaks %s in %s and says what to do', (rule, file, text) => {
    const spoilt = temporaryCopy('scripts', 'package.json');
    try {
      spoilt.write(file, text);
      const { exit, text: said } = spoilt.run('node', 'scripts/check-imports.ts');
      expect(exit).toBe(1);
      const lines = said.trim().split('\n');
      expect(lines).toHaveLength(2);
      expect(lines[0]).toMatch(new RegExp(`^${file}(:\\d+: imports .+|: stands in no folder of the table) \\(${rule}\\)$`));
      expect(lines[1]).toMatch(/^ {4}[A-Z].{30,}\.$/);
    } finally {
      spoilt.end();
    }
  });
});
