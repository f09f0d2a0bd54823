import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crontab } from '../../../src/subsystems/cron/crontab.ts';
import { historyIn, lastRunOf } from '../../../src/subsystems/cron/history.ts';

const path = '/etc/cron.d/shop';
const system = (text: string) => crontab({ path, text }, 'system');

describe('a crontab', () => {
  it('of the system names a user in each line, one of a person does not', () => {
    expect(system('0 3 * * 0 root /usr/local/bin/backup --all').entries).toMatchObject([
      { line: 1, user: 'root', command: '/usr/local/bin/backup --all', schedule: '0 3 * * 0' },
    ]);
    const own = crontab({ path: '/var/spool/cron/crontabs/ana', text: '@daily ./tidy' }, 'user');
    expect(own.entries).toMatchObject([{ user: 'ana', command: './tidy', schedule: '@daily' }]);
  });

  it('holds comments and settings, of which the zone counts for the lines after it', () => {
    const { entries, bad } = system('# nightly\n\nMAILTO=""\n0 1 * * * root a\nCRON_TZ = Europe/Berlin\n0 1 * * * root b\n');
    expect(bad).toEqual([]);
    expect(entries.map(({ command, zone }) => [command, zone])).toEqual([
      ['a', null],
      ['b', 'Europe/Berlin'],
    ]);
  });

  it('keeps secrets and input of a command to itself', () => {
    const [entry] = system('0 1 * * * root curl --token s3cr3tvalue -d @- https://x%body of the request').entries;
    expect(entry?.command).toBe('curl --token [hidden] -d @- https://x');
  });

  it('leaves out what a distribution rests under systemd', () => {
    expect(system('30 3 * * 0 root test -e /run/systemd/system || SERVICE_MODE=1 /usr/lib/e2fsprogs/e2scrub_all_cron').entries).toEqual([]);
  });

  it.each([
    ['61 * * * * root a', '"61" is no minute'],
    ['0 24 * * * root a', '"24" is no hour'],
    ['0 0 0 * * root a', '"0" is no day of the month'],
    ['0 0 * foo * root a', '"foo" is no month'],
    ['*/0 * * * * root a', '"*/0" is no minute'],
    ['0 5-3 * * * root a', '"5-3" is no hour'],
    ['@dayly root a', '"@dayly" is no word for a schedule'],
    ['0 1 * * * /usr/local/bin/backup --all', 'there is no user before the command'],
    ['backup every night', 'it lacks a field'],
  ])('line %j cannot be followed: %s', (line, reason) => {
    expect(system(`# first\n${line}\n`)).toMatchObject({ entries: [], bad: [{ file: path, line: 2, text: line, reason }] });
  });

  it('of any text is read without failing, and every line of it is found once or not at all', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('0', '*', '/', '-', ',', ' ', '\t', '\n', '#', '@', '=', '%', 'a', '"', '\u202e') }),
        (text) => {
          const { entries, bad } = system(text);
          const lines = [...entries, ...bad].map(({ line }) => line);
          expect(new Set(lines).size).toBe(lines.length);
        },
      ),
    );
  });
});

describe("cron's log", () => {
  it('tells the last run of each command, and how far back it reaches', () => {
    const history = historyIn([
      { at_s: 100, text: '(root) CMD (/usr/local/bin/backup --all)' },
      { at_s: 200, text: '(CRON) info (No MTA installed, discarding output)' },
      { at_s: 300, text: '(root) CMD (   /usr/local/bin/backup --all)' },
      { at_s: 400, text: '(ana) CMD (/usr/local/bin/backup --all)' },
    ]);
    expect(history.from_s).toBe(100);
    expect(lastRunOf('root', '/usr/local/bin/backup --all', history)).toBe(300);
    expect(lastRunOf('root', '/usr/local/bin/other', history)).toBeNull();
  });
});
