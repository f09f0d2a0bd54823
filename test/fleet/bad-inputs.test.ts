import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

it('the table of bad inputs has a test for every row below 48, and every test a row', () => {
  const rows = [...read('docs/bad-inputs.md').matchAll(/^\| (\d+) \|/gm)].map(([, number]) => Number(number));
  const titles = globSync('test/**/*.test.ts', { cwd: new URL('../../', import.meta.url) }).flatMap((path) =>
    [...read(path).matchAll(/['`]bad input (\d+):/g)].map(([, number]) => Number(number)),
  );
  const tested = [...new Set(titles)].filter((number) => number < 48).sort((a, b) => a - b);
  expect(rows).toEqual(tested);
});
