import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { subsystemsPage } from '../../scripts/docs/subsystems-page.ts';
import { ROOT } from './temporary-copy.ts';

it('docs/subsystems.md says what the definitions say; if not: npm run docs', async () => {
  expect(readFileSync(join(ROOT, 'docs/subsystems.md'), 'utf8')).toBe(await subsystemsPage(ROOT));
});
