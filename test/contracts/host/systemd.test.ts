import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JournalLine, Unit } from '../../../src/core/host.ts';
import { WAYS } from './ways.ts';

const runs = existsSync('/run/systemd/system');
const why = runs ? '' : ' (skipped: systemd does not run here)';

/** One property as systemctl has it. */
function shown(unit: string, property: string): string {
  return spawnSync('systemctl', ['show', '--value', '-p', property, '--', unit], { encoding: 'utf8' }).stdout.trim();
}

describe.skipIf(!runs).each(WAYS)(`systemd asked by $way${why}`, ({ hostWithin }) => {
  const { ask } = hostWithin();

  it.each(['systemd-journald.service', 'dbus.service', '-.mount', 'multi-user.target', 'ward-has-no-such-unit.service'])(
    'tells of %s what systemctl shows',
    async (name) => {
      const unit = (await ask('unit', { name })) as Unit;
      const properties = ['LoadState', 'ActiveState', 'SubState', 'UnitFileState'].map((property) => shown(name, property));
      expect([unit.load_state, unit.active_state, unit.sub_state, unit.unit_file_state]).toEqual(properties);
      expect(String(unit.main_pid ?? 0)).toBe(shown(name, 'MainPID') || '0');
      expect([unit.result ?? '', unit.n_restarts ?? '', unit.exit_status ?? ''].map(String)).toEqual(
        ['Result', 'NRestarts', 'ExecMainStatus'].map((property) => shown(name, property)),
      );
    },
  );

  it('answers many at once, each with its own', async () => {
    const names = spawnSync('systemctl', ['list-units', '--plain', '--no-legend', '--all'], { encoding: 'utf8' })
      .stdout.split('\n')
      .flatMap((line) => line.split(' ', 1))
      .filter((name) => /^[\w@.:-]+$/.test(name))
      .slice(0, 60);
    const units = (await Promise.all(names.map((name) => ask('unit', { name })))) as Unit[];
    expect(units.map((unit) => unit.load_state)).toEqual(names.map((name) => shown(name, 'LoadState')));
  });

  it.each(['', '../../etc', 'a b.service', '-rf --now', 'x'.repeat(300)])(
    'is not asked for %j, which is no name of a unit',
    async (name) => {
      expect(await ask('unit', { name })).toMatchObject({ kind: 'failed' });
    },
  );

  it('names the units in a state, in order', async () => {
    const listed = spawnSync('systemctl', ['list-units', '--plain', '--no-legend', '--all', '--state=failed'], { encoding: 'utf8' })
      .stdout.split('\n')
      .flatMap((line) => line.split(' ', 1))
      .filter(Boolean);
    expect(await ask('units', { state: 'failed' })).toEqual(listed.sort());
  });

  it('gives the newest lines of a log, oldest first, or says that this user may not', async () => {
    const lines = await ask('journal', { unit: 'systemd-logind.service', since_s: 30 * 86_400, limit: 3 });
    if ('kind' in (lines as object)) {
      expect(lines).toMatchObject({ kind: 'denied' });
      return;
    }
    const times = (lines as JournalLine[]).map(({ at_s }) => at_s);
    expect(times.length).toBeLessThanOrEqual(3);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });
});
