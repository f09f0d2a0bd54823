import { type Answer, type Ask, once, present } from '../../core/ask.ts';
import type { FileSystem } from '../../core/host.ts';
import type { Profile } from '../../core/profile.ts';
import type { Asked } from '../../core/section.ts';
import { absent, type Unknown } from '../../core/unknown.ts';
import { dataMounts, fstabWritable, type Mount } from './mounts.ts';
import type { FilesystemUse } from './section.ts';

/** Every data file system; one whose statfs hangs costs only its own figures. */
export function filesystems(ask: Ask): () => Asked<FilesystemUse>[] {
  const table = ask.read('/etc/fstab', fstabWritable);
  const mounts = ask.read('/proc/self/mountinfo', dataMounts);
  const looked = ask.each(mounts, (mount) => ({ mount, space: ask.statfs(mount.point) }));
  return () => looked().map(({ mount, space }) => use(mount, space, table));
}

function use(mount: Mount, space: Answer<FileSystem>, table: Answer<ReadonlyMap<string, boolean>>): Asked<FilesystemUse> {
  return {
    mount: mount.point,
    device: mount.device,
    type: mount.type,
    total_bytes: () => space().total_bytes,
    used_bytes: () => space().total_bytes - space().free_bytes,
    avail_bytes: () => space().avail_bytes,
    use_pct: () => usePct(space()),
    inode_use_pct: () => inodePct(space()),
    read_only: mount.readOnly,
    turned_read_only: mount.turnedReadOnly,
    should_be_writable: () => (present(table) ? (table().get(mount.point) ?? unlisted(mount)) : unlisted(mount)),
  };
}

function unlisted({ point }: Mount): Unknown {
  return absent(`/etc/fstab does not list ${point}`);
}

/** What Orama calls the disk: /, or the volume of the profile's own data if that one is fuller. */
export function mainDisk(ask: Ask, { name }: Profile) {
  const root = ask.statfs('/');
  const own = name === 'orama' ? ask.statfs('/opt/orama') : null;
  const fuller = once(() => (own !== null && present(own) && usePct(own()) > usePct(root()) ? own() : root()));
  return {
    disk_total_gb: () => asDf(fuller().total_bytes),
    disk_used_gb: () => asDf(fuller().total_bytes - fuller().free_bytes),
    disk_avail_gb: () => asDf(fuller().avail_bytes),
    disk_use_pct: () => usePct(fuller()),
    inode_use_pct: () => inodePct(root()),
  };
}

/** As df does: what is used, of what is used or may still be used by ordinary users, rounded up. */
function usePct({ total_bytes, free_bytes, avail_bytes }: FileSystem): number {
  const used = total_bytes - free_bytes;
  if (used + avail_bytes <= 0) throw absent('it counts no blocks');
  return Math.ceil((used / (used + avail_bytes)) * 100);
}

function inodePct({ inodes, inodes_free }: FileSystem): number {
  if (inodes <= 0) throw absent('it counts no inodes');
  return Math.ceil(((inodes - inodes_free) / inodes) * 100);
}

/** A size as `df -h` prints it: always rounded up, one decimal below 10. */
export function asDf(bytes: number): string {
  let value = bytes;
  let power = 0;
  while (Math.ceil(value) >= 1024) {
    value /= 1024;
    power += 1;
  }
  if (power === 0) return String(value);
  const tenths = Math.ceil(value * 10) / 10;
  return (tenths < 10 ? tenths.toFixed(1) : String(Math.ceil(value))) + 'KMGTPE'[power - 1];
}
