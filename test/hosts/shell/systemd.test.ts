import { describe, expect, it } from 'vitest';
import type { Ran } from '../../../src/core/host.ts';
import { systemd } from '../../../src/hosts/shell/systemd.ts';

const UNIT = (time: string) =>
  `Id=a.service\nLoadState=loaded\nActiveState=active\nMainPID=7\nMemoryCurrent=[not set]\nActiveEnterTimestamp=${time}\n`;

/** What systemctl of systemd 239 and 252 answered when it was asked so; neither runs on every machine that tests. */
const asOf =
  (version: number) =>
  async (program: string, words: readonly string[]): Promise<Ran> => {
    if (words.includes('--timestamp=us+utc'))
      return version < 248
        ? { exit: 1, stdout: '', stderr: "systemctl: unrecognized option '--timestamp=us+utc'\n" }
        : { exit: 0, stdout: UNIT('Wed 2026-11-25 21:00:00.000042 UTC'), stderr: '' };
    expect([program, ...words].slice(0, 5)).toEqual(['env', 'TZ=UTC', 'systemctl', '--no-pager', 'show']);
    return { exit: 0, stdout: UNIT('Wed 2026-11-25 21:00:00 UTC'), stderr: '' };
  };

describe('a unit through systemctl', () => {
  it.each([
    [252, 42],
    [239, 0],
  ])('has its times in systemd %i too', async (version, us) => {
    const { unit } = systemd(
      asOf(version),
      (ms) => ms,
      async () => true,
    );
    expect(await unit('a.service')).toMatchObject({
      active_enter_us: Date.UTC(2026, 10, 25, 21) * 1000 + us,
      main_pid: 7,
      memory_bytes: null,
    });
    expect(await unit('b.service')).toMatchObject({ kind: 'failed', reason: 'systemd does not know this name' });
  });
});
