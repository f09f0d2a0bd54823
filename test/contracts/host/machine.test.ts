import { basename } from 'node:path';
import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Clock, SocketOwner } from '../../../src/core/host.ts';
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
