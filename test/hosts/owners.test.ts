import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SocketOwner } from '../../src/core/host.ts';
import { type Holders, noHolders, owners } from '../../src/hosts/local/owners.ts';
import { inodesAt, tcp } from '../contracts/host/places.ts';

const uptime_s = () => Number.parseFloat(readFileSync('/proc/uptime', 'utf8'));
const boot_id = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();

/** Who holds this socket, asked by a new process as it were, which knows only what was left to it. */
async function holder(inode: number, holders: Holders): Promise<number | null> {
  const found = (await owners((ms) => ms, holders)([inode])) as SocketOwner[];
  return found[0]?.pid ?? null;
}

describe('where the holders of sockets were seen', () => {
  it('is left to the next report, and what nobody asks for any more is forgotten', async () => {
    const [one = 0, two = 0] = [...inodesAt(await tcp(() => undefined)), ...inodesAt(await tcp(() => undefined))];
    const holders = noHolders();
    await owners((ms) => ms, holders)([one, two]);
    expect(Object.values(holders.at)).toEqual([
      expect.stringMatching(`^/proc/${process.pid}/fd/\\d+$`),
      expect.stringMatching(`^/proc/${process.pid}/fd/\\d+$`),
    ]);
    expect(await holder(two, holders)).toBe(process.pid);
    expect(Object.keys(holders.at)).toEqual([String(two)]);
  });

  it('is never believed without looking', async () => {
    const [inode = 0] = inodesAt(await tcp(() => undefined));
    expect(await holder(inode, { boot_id, at: { [inode]: `/proc/${process.pid}/fd/0` } })).toBe(process.pid);
    expect(await holder(inode, { boot_id, at: { [inode]: '/proc/ward/fd/0' } })).toBe(process.pid);
  });

  it('is not searched for again for ten minutes where nobody who may be seen held it', async () => {
    const [inode = 0] = inodesAt(await tcp(() => undefined));
    expect(await holder(inode, { boot_id, at: { [inode]: uptime_s() - 590 } })).toBeNull();
    expect(await holder(inode, { boot_id, at: { [inode]: uptime_s() - 610 } })).toBe(process.pid);
  });

  it('is of no use after another boot', async () => {
    const [inode = 0] = inodesAt(await tcp(() => undefined));
    expect(await holder(inode, { boot_id: 'another', at: { [inode]: uptime_s() } })).toBe(process.pid);
  });
});
