import { basename, join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import type { Clock, RunningProgram, SocketOwner } from '../../../src/core/host.ts';
import { inodesAt, tcp } from './places.ts';
import { WAYS } from './ways.ts';

describe.each(WAYS)('the holders of sockets on $way', ({ hostWithin }) => {
  const { ask } = hostWithin();

  it('are found by the socket, and a socket that nobody holds is left out', async () => {
    const [one, two] = [await tcp(() => undefined), await tcp(() => undefined)].map((at) => inodesAt(at));
    const inodes = [...(two ?? []), 1, ...(one ?? [])];
    expect(inodes).toHaveLength(3);
    const found = (await ask('owners', { inodes })) as SocketOwner[];
    const name = readFileSync('/proc/self/comm', 'utf8').trim();
    const held = { pid: process.pid, program: name === 'MainThread' ? basename(process.execPath) : name };
    expect(found).toEqual(
      inodes
        .filter((inode) => inode !== 1)
        .sort((a, b) => a - b)
        .map((inode) => ({ inode, ...held })),
    );
  });

  it('are nobody where no socket is asked for', async () => {
    expect(await ask('owners', { inodes: [] })).toEqual([]);
  });
});

describe.each(WAYS)('the programs of processes on $way', ({ hostWithin }) => {
  const { ask } = hostWithin();

  it('are told by the files that they run, and what runs none is left out', async () => {
    const sleep = spawn('/bin/sleep', ['100'], { argv0: 'a name of its own' });
    try {
      await once(sleep, 'spawn');
      const pids = [process.pid, 2 ** 30, sleep.pid ?? 0];
      expect(await ask('programs', { pids })).toEqual([
        { pid: process.pid, program: basename(process.execPath) },
        { pid: sleep.pid, program: basename(realpathSync('/bin/sleep')) },
      ]);
    } finally {
      sleep.kill();
    }
  });

  it('are still told by the name of a file that was replaced, and by one that would break a line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ward-programs-'));
    const [gone, odd] = [join(folder, 'gone'), join(folder, 'odd\n1 forged')];
    for (const path of [gone, odd]) copyFileSync('/bin/sleep', path);
    const runs = [spawn(gone, ['100']), spawn(odd, ['100'])] as const;
    try {
      await Promise.all(runs.map((each) => once(each, 'spawn')));
      unlinkSync(gone);
      const found = (await ask('programs', { pids: runs.map(({ pid }) => pid ?? 0) })) as RunningProgram[];
      expect(found.map(({ pid, program }) => [pid, program.replace('\n', '?')])).toEqual([
        [runs[0].pid, 'gone'],
        [runs[1].pid, 'odd?1 forged'],
      ]);
    } finally {
      for (const each of runs) each.kill();
      rmSync(folder, { recursive: true });
    }
  });

  it('are none where no process is asked for', async () => {
    expect(await ask('programs', { pids: [] })).toEqual([]);
  });
});

describe.each(WAYS)('the clock of $way', ({ hostWithin }) => {
  const { ask } = hostWithin();

  it('tells the time of day, that since the boot, and which boot it was', async () => {
    const before_ms = Date.now();
    const clock = (await ask('clock', {})) as Clock;
    expect(clock.unix_ms).toBeGreaterThanOrEqual(before_ms);
    expect(clock.unix_ms).toBeLessThanOrEqual(Date.now());
    expect(clock.boot_id).toBe(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
    expect(Math.abs(clock.uptime_s - Number.parseFloat(readFileSync('/proc/uptime', 'utf8')))).toBeLessThan(5);
  });

  it('lets the asked time pass', async () => {
    const begun_ms = performance.now();
    expect(await ask('pause', { ms: 30 })).toBe(30);
    expect(performance.now() - begun_ms).toBeGreaterThanOrEqual(29);
  });
});

const RUNS_SYSTEMD = isFolder('/run/systemd/system');

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

describe.skipIf(RUNS_SYSTEMD).each(WAYS)('a machine without systemd, asked by $way', ({ hostWithin }) => {
  const { ask } = hostWithin();

  it('says of units that there is no systemd, and of the journal that there is none', async () => {
    const none = { kind: 'absent', reason: 'no systemd runs here' };
    expect(await ask('unit', { name: 'ssh.service' })).toMatchObject(none);
    expect(await ask('units', { state: 'failed' })).toMatchObject(none);
    expect(await ask('journal', { unit: 'ssh.service', since_s: 60, limit: 5 })).toMatchObject(none);
  });
});
