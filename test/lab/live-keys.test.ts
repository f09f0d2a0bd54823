import { expect, it } from 'vitest';
import { KEYS } from '../../lab/check/live/keys.ts';
import { KEY_TABLE } from '../../src/tui/key-table.ts';

it('the lab presses every key of the live screen, and knows what each is for', () => {
  expect(Object.entries(KEYS)).toEqual(KEY_TABLE.map(({ action, keys }) => [action, keys]));
});
