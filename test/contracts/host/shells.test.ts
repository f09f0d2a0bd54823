import { describe, expect, it } from 'vitest';
import { ALL, SHELLS, throughShell } from './shells.ts';

describe('in every test of a host', () => {
  for (const sh of ALL) {
    const missing = !SHELLS.includes(sh);
    it.skipIf(missing)(`${sh.name} has its part${missing ? ' (skipped: it is not installed)' : ''}`, async () => {
      expect(await throughShell(sh.words)().ask('read', { path: '/proc/sys/kernel/ostype' })).toBe('Linux\n');
    });
  }
});
