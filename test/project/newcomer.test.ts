import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Copy, ROOT, temporaryCopy } from './temporary-copy.ts';

/** The files of the subsystem that CONTRIBUTING.md shows, by their paths. */
function filesInGuide(): [file: string, text: string][] {
  const guide = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
  return [...guide.matchAll(/^```\w+ (src\/\S+)\n(.*?)^```$/gms)].map(([, file = '', text = '']) => [file, text]);
}

describe('a subsystem that is added as CONTRIBUTING.md says, in one folder', () => {
  let copy: Copy;
  beforeAll(() => {
    copy = temporaryCopy();
    for (const [file, text] of filesInGuide()) copy.write(file, text);
    expect(copy.run('node', 'scripts/generate-registries.mjs')).toEqual({ exit: 0, text: '' });
  });
  afterAll(() => copy.end());

  it('is whole: every file of it stands in its own folder', () => {
    const files = filesInGuide().map(([file]) => file.replace('src/subsystems/example/', ''));
    expect(files).toEqual(
      expect.arrayContaining(['section.ts', 'collect.ts', 'rules.ts', 'columns.ts', 'index.ts', 'cases/healthy/web1.txt']),
    );
    expect(files.filter((file) => file.startsWith('src/'))).toEqual([]);
  });

  it('is in the report of a machine', () => {
    const { exit, text } = copy.run('node', 'src/agent/main.ts', 'report', '--only', 'example');
    expect(exit).toBe(0);
    expect(JSON.parse(text)).toMatchObject({
      states: { example: 'absent' },
      example: null,
      unknown: [{ path: 'example', kind: 'absent' }],
    });
  });

  it('is on the page of a machine, in the rules and among the views of the fleet', () => {
    const ward = (...words: string[]) => copy.run('node', 'src/cli/main.ts', ...words);
    expect(ward('node', 'report', '--only', 'example').text).toContain('Example');
    expect(ward('rules').text).toContain('example/stuck');
    expect(JSON.parse(ward('rules', '--json').text)).toContainEqual(
      expect.objectContaining({ rule: 'example/stuck', levels: { oldest_s: 600 } }),
    );
    expect(ward('monitor', 'example').text).toContain('Example');
  });

  it('has its golden pages, its rule and its table in the tests of all cases', () => {
    const run = copy.run('vitest', 'run', 'test/cases', '--testNamePattern', '^example ');
    expect(run.text).toMatch(/vitest: 6 passed, 0 failed/);
    const expected = readFileSync(join(copy.folder, 'src/subsystems/example/cases/broken/expected.txt'), 'utf8');
    expect(expected).toContain('web1 ok: 3 jobs waiting');
    expect(expected).toContain('warning example/stuck web1 queue: The oldest job has waited for 20 min (limit 10 min)');
    expect(expected).toMatch(/Example +WAITING\nweb1 +3\n/);
  });

  it('is in the docs, with its fields and its rule', () => {
    expect(copy.run('node', 'scripts/generate-docs.ts').exit).toBe(0);
    const page = readFileSync(join(copy.folder, 'docs/subsystems.md'), 'utf8');
    expect(page).toContain('## Example (`example`)');
    expect(page).toContain('| `oldest_s` | number or null | How long the oldest of them has waited. |');
    expect(page).toContain('**`example/stuck`** warning.');
  });

  it('keeps the types, the limits, the format and the import table', () => {
    const folder = 'src/subsystems/example';
    expect(copy.run('oxlint', folder)).toMatchObject({ exit: 0 });
    expect(copy.run('biome', 'check', '--vcs-enabled=false', folder)).toMatchObject({ exit: 0 });
    expect(copy.run('node', 'scripts/check-imports.ts').text).not.toContain('example');
    expect(copy.run('tsc', '-p', '.').text).not.toContain('example');
  });
});
