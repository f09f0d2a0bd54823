import { execFileSync } from 'node:child_process';
import { release, totalmem } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAULT } from '../../../src/core/ask.ts';
import { collectAll } from '../../../src/core/collect.ts';
import { processStat, processStats } from '../../../src/core/process-stat.ts';
import { PROFILES } from '../../../src/core/profile.ts';
import { Unknown } from '../../../src/core/unknown.ts';
import { localHost } from '../../../src/hosts/local.ts';
import { collect } from '../../../src/subsystems/system/collect.ts';
import { busyPct, cpuTimes, iowaitPct, stealPct } from '../../../src/subsystems/system/cpu.ts';
import { diskstats } from '../../../src/subsystems/system/disk-io.ts';
import { asDf } from '../../../src/subsystems/system/filesystems.ts';
import { mdArrays } from '../../../src/subsystems/system/mdstat.ts';
import { meminfo } from '../../../src/subsystems/system/meminfo.ts';
import { dataMounts, fstabWritable } from '../../../src/subsystems/system/mounts.ts';
import { pressure } from '../../../src/subsystems/system/pressure.ts';
import type { System } from '../../../src/subsystems/system/section.ts';

const mount = (
  point: string,
  device: string,
  more: { type?: string; options?: string; below?: string; number?: string; root?: string } = {},
) =>
  `30 1 ${more.number ?? '8:1'} ${more.root ?? '/'} ${point} ${more.options ?? 'rw'} shared:1 - ${more.type ?? 'ext4'} ${device} ${more.below ?? 'rw'}`;
const points = (...lines: string[]) => dataMounts(lines.join('\n')).map(({ point }) => point);

describe('mounts that hold data', () => {
  it.each([
    ['a bind mount of the same disk', [mount('/', '/dev/sda1'), mount('/srv/copy', '/dev/sda1', { root: '/copy' })], ['/']],
    [
      'a subvolume',
      [
        mount('/home', '/dev/sda1', { type: 'btrfs', root: '/@home', number: '0:41' }),
        mount('/', '/dev/sda1', { type: 'btrfs', root: '/@', number: '0:40' }),
      ],
      ['/'],
    ],
    [
      'a container layer',
      [mount('/', '/dev/sda1'), mount('/var/lib/docker/overlay2/x/merged', 'overlay', { type: 'overlay', number: '0:50' })],
      ['/'],
    ],
    ['but not the layer that is the root', [mount('/', 'overlay', { type: 'overlay', number: '0:50' })], ['/']],
    [
      'an image',
      [
        mount('/', '/dev/sda1'),
        mount('/snap/core/1', '/dev/loop0', { type: 'squashfs', number: '7:0' }),
        mount('/media/cd', '/dev/sr0', { type: 'iso9660', number: '11:0' }),
      ],
      ['/'],
    ],
    [
      'memory and control files',
      [
        mount('/', '/dev/sda1'),
        mount('/run', 'tmpfs', { type: 'tmpfs', number: '0:22' }),
        mount('/proc', 'proc', { type: 'proc', number: '0:23' }),
      ],
      ['/'],
    ],
    [
      'a desktop portal',
      [
        mount('/', '/dev/sda1'),
        mount('/run/user/1000/doc', 'portal', { type: 'fuse.portal', number: '0:60' }),
        mount('/tmp/.mount_app', '/dev/fuse', { type: 'fuse', number: '0:61' }),
      ],
      ['/'],
    ],
    [
      'what another mount hides',
      [mount('/srv', '/dev/sdb1', { number: '8:17' }), mount('/srv', '/dev/sdc1', { number: '8:33' })],
      ['/srv'],
    ],
  ])('leave out %s', (_what, lines, left) => expect(points(...lines)).toEqual(left));

  it('keep file servers, pools and each disk once, by path', () => {
    expect(
      points(
        mount('/srv', '/dev/sdb1', { number: '8:17' }),
        mount('/', '/dev/sda1'),
        mount('/mnt/n', 'nas:/x', { type: 'nfs4', number: '0:50' }),
        mount('/tank', 'tank', { type: 'zfs', number: '0:51' }),
      ),
    ).toEqual(['/', '/mnt/n', '/srv', '/tank']);
  });

  it('bad input 48: have their names as the file system has them, with blanks, tabs and newlines', () => {
    expect(points(mount(String.raw`/a\040b\011c\012d\134e\043f`, '/dev/sda1'))).toEqual(['/a b\tc\nd\\e#f']);
  });

  it('tell a kernel that turned one read-only from a person who did', () => {
    const [turned] = dataMounts(mount('/srv', '/dev/sdb1', { options: 'rw,relatime', below: 'ro,errors=remount-ro' }));
    const [newer] = dataMounts(mount('/srv', '/dev/loop0', { options: 'rw,relatime', below: 'rw,errors=remount-ro,emergency_ro' }));
    const [asked] = dataMounts(mount('/srv', '/dev/sdb1', { options: 'ro,relatime', below: 'ro' }));
    expect([newer?.readOnly, newer?.turnedReadOnly]).toEqual([true, true]);
    expect([turned?.readOnly, turned?.turnedReadOnly, asked?.readOnly, asked?.turnedReadOnly]).toEqual([true, true, true, false]);
  });

  it('are read or refused, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => readsOrRefuses(() => dataMounts(text))));
  });
});

it('fstab says what should be writable: the last of ro and rw counts', () => {
  const table = fstabWritable(
    '# comment /x\n\n/dev/sda1 / ext4 errors=remount-ro 0 1\nnas:/a\t/mnt/a\\040b\tnfs\tro,rw\n/dev/sdc1 /cd udf rw,user,ro,noauto 0 0\n/dev/sdd1 /bare',
  );
  expect([...table]).toEqual([
    ['/', true],
    ['/mnt/a b', true],
    ['/cd', false],
    ['/bare', true],
  ]);
});

describe('one process', () => {
  const line = (name: string) =>
    `4242 (${name}) S 1 4242 4242 0 -1 4194560 49 0 0 0 811 57 0 0 20 0 3 0 3836 5681152 286 184467440737095 1 1`;

  it('is read whatever name it gave itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (name) => {
        expect(processStat(line(name))).toEqual({ pid: 4242, name, state: 'S', ppid: 1, ticks: 868, started: 3836, rss_pages: 286 });
      }),
    );
  });

  it.each(['', '4242', '4242 (x', '4242 (x) S', `x (y) S 1 ${'0 '.repeat(30)}`, `4242 (x) 9 1 ${'0 '.repeat(30)}`])(
    'is refused where the line is %j',
    (text) => {
      expect(() => processStat(text)).toThrow(Unknown);
    },
  );

  it('that ended meanwhile, and what is no process, is left out', () => {
    const files = [
      { path: '/proc/4242/stat', text: line('a') },
      { path: '/proc/7/stat', text: '' },
      { path: '/proc/self/stat', text: line('b') },
    ];
    expect(processStats(files).map(({ name }) => name)).toEqual(['a']);
  });
});

describe('CPU time', () => {
  const look = (line: string) => cpuTimes(`cpu  ${line}\ncpu0 1 1\n`);
  const before = look('100 0 100 800 0 0 0 0 50 0');

  it('counts guests once and takes steal of the first eight columns', () => {
    const change = { before, now: look('150 0 110 830 5 0 0 5 90 0'), seconds: 1 };
    expect([busyPct(change), stealPct(change), iowaitPct(change)]).toEqual([65, 5, 5]);
  });

  it('is unknown where a counter went back or nothing passed', () => {
    expect(() => stealPct({ before: look('1 1 1 1 1 1 1 9'), now: look('9 9 9 9 9 9 9 8'), seconds: 1 })).toThrow(
      expect.objectContaining({ kind: 'unparsed', reason: '/proc/stat: counter steal went back' }),
    );
    expect(() => busyPct({ before, now: before, seconds: 1 })).toThrow(Unknown);
  });
});

describe('RAID arrays', () => {
  const arrays = (text: string) =>
    mdArrays(`Personalities : [raid1]\n${text}\nunused devices: <none>\n`).map(({ name, degraded, state }) => [name, degraded, state]);
  it.each([
    ['md0 : active raid1 sdb1[1] sda1[0]\n      1046528 blocks super 1.2 [2/2] [UU]\n', [['md0', false, 'active']]],
    ['md0 : active raid1 sda1[0]\n      1046528 blocks super 1.2 [2/1] [U_]\n', [['md0', true, 'active']]],
    [
      'md0 : active (auto-read-only) raid1 sda1[0] sdb1[1]\n      1046528 blocks [2/2] [UU]\n      \tresync=PENDING\n',
      [['md0', false, 'active (auto-read-only)']],
    ],
    ['md0 : active raid0 sda1[0] sdb1[1]\n      1046528 blocks super 1.2 512k chunks\n', [['md0', false, 'active']]],
    [
      'md127 : inactive sdb[1](S) sda[0](S)\n      6306 blocks super external:imsm\n\nmd126 : active raid1 sda[1] sdb[0]\n      7812 blocks super external:/md127/0 [2/2] [UU]\n',
      [
        ['md127', false, 'inactive'],
        ['md126', false, 'active'],
      ],
    ],
    ['md9 : inactive sdb[1](S)\n      6306 blocks super 1.2\n', [['md9', true, 'inactive']]],
    ['', []],
  ])('of %j', (text, expected) => expect(arrays(text)).toEqual(expected));
});

it.each([
  [0, '0'],
  [1, '1'],
  [1023, '1023'],
  [1024, '1.0K'],
  [1025, '1.1K'],
  [10 * 1024, '10K'],
  [10 * 1024 + 1, '11K'],
  [1024 ** 2 - 1, '1.0M'],
  [9.95 * 1024 ** 3, '10G'],
  [83_966_500_864, '79G'],
  [2 ** 50, '1.0P'],
])('%d bytes are %s, as df -h prints them', (bytes, text) => expect(asDf(bytes)).toBe(text));

it('every parser reads or refuses, and never breaks', () => {
  const parsers: ((text: string) => unknown)[] = [meminfo, pressure, diskstats, mdArrays, cpuTimes, fstabWritable];
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => parsers.every((parse) => readsOrRefuses(() => parse(text)))),
  );
});

function readsOrRefuses(read: () => unknown): boolean {
  try {
    read();
  } catch (error) {
    if (!(error instanceof Unknown)) throw error;
  }
  return true;
}

/** What coreutils' df says of /: size and percent; null where there is no such df. */
function dfSays(): string[] | null {
  try {
    const said = execFileSync('df', ['-h', '--output=size,pcent', '/'], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return (said.trim().split('\n')[1] ?? '').trim().split(/ +/);
  } catch {
    return null;
  }
}

describe.skipIf(process.platform !== 'linux')('this machine', () => {
  const told = collectAll({ system: collect }, localHost(), PROFILES.default, null);

  it('is read without a fault, and is told as the system itself tells it', async () => {
    const { sections, errors } = await told;
    const section = sections['system'] as System;
    expect(errors.filter((reason) => reason.includes(FAULT))).toEqual([]);
    expect(section.kernel_version).toBe(release());
    expect(section.mem_total_mb).toBe(Math.floor(totalmem() / 1024 / 1024));
  });

  it.skipIf(dfSays() === null)('has the disk that df of coreutils shows', async () => {
    const { disk_total_gb: total, disk_use_pct: pct } = (await told).sections['system'] as System;
    const [size, use] = dfSays() ?? [];
    expect(total).toBe(size);
    expect(Math.abs((pct ?? -9) - Number.parseInt(use ?? '', 10))).toBeLessThanOrEqual(1);
  });
});
