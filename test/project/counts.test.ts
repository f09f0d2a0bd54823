import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Copy, temporaryCopy } from './temporary-copy.ts';

/** Not to be taken for a test of ours that is left out. */
const LEFT_OUT = ['it', 'skip'].join('.');

/** A suite as text, of a project that is only made to be counted. */
const SUITE = [
  "import { beforeAll, describe, expect, it } from 'vitest';",
  "it('passes', () => expect(1).toBe(1));",
  "it('fails', () => expect(1).toBe(2));",
  `${LEFT_OUT}('cannot run here: no moon', () => {});`,
  "describe('not made ready', () => {",
  "  beforeAll(() => { throw new Error('no'); });",
  "  it('never runs', () => {});",
  '});',
  '',
].join('\n');

describe('the closing line of a test run', () => {
  let copy: Copy;
  beforeAll(() => {
    copy = temporaryCopy('scripts/vitest-counts.ts', 'vitest.config.ts', 'test/own-folders.ts', 'package.json');
    copy.write('test/some.test.ts', SUITE);
    copy.write('test/broken.test.ts', "import './no-such-file.ts';\n");
  });
  afterAll(() => copy.end());

  it('counts a failing test, a suite that was not made ready and a file that cannot be read, and names what was skipped', () => {
    const { exit, text } = copy.run('vitest', 'run');
    expect(text).toMatch(/^vitest: 1 passed, 3 failed, 2 skipped$/m);
    expect(text).toMatch(/^skipped: test\/some\.test\.ts: cannot run here: no moon$/m);
    expect(exit).toBe(1);
  });

  it('counts what is skipped as failed where it must run, unless it is allowed to be skipped', () => {
    copy.write(
      'test/some.test.ts',
      "import { it } from 'vitest';\nit.skip('a moon', () => {});\nit.skip('a sun', () => {});\nit('is', () => {});\n",
    );
    copy.remove('test/broken.test.ts');
    copy.env['WARD_MAY_SKIP'] = 'a moon\n';
    copy.env['WARD_COUNTS'] = join(copy.folder, 'counts');
    const { exit, text } = copy.run('vitest', 'run');
    expect(text).toMatch(/^skipped, but required here: test\/some\.test\.ts: a sun$/m);
    expect(readFileSync(join(copy.folder, 'counts'), 'utf8')).toBe('1 passed, 1 failed, 1 skipped\n');
    expect(exit).toBe(1);
  });
});
