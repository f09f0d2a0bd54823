import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

it('the table of bad inputs has a test for every row, and every test but those of hostile text a row', () => {
  const rows = [...read('docs/bad-inputs.md').matchAll(/^\| (\d+) \|/gm)].map(([, number]) => Number(number));
  const titles = globSync('test/**/*.test.ts', { cwd: new URL('../../', import.meta.url) }).flatMap((path) =>
    [...read(path).matchAll(/['`]bad inputs? (\d+)(?: and (\d+))?:/g)].flatMap(([, one, other]) =>
      [one, other].flatMap((number) => (number === undefined ? [] : [Number(number)])),
    ),
  );
  const tested = [...new Set(titles)].filter((number) => number < 97 || number > 104).sort((a, b) => a - b);
  expect(rows).toEqual(tested);
});
