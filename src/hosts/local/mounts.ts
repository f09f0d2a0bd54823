import { readFileSync, readlinkSync } from 'node:fs';
import { isMadeByKernel } from './read-text.ts';

interface Mount {
  point: string;
  local: boolean;
}

/** File systems that answer from this machine's own memory and disks. Any other may wait for a server or a program that never answers. */
const LOCAL = new Set(
  ('ext2 ext3 ext4 xfs btrfs f2fs jfs reiserfs bcachefs zfs vfat msdos exfat ntfs ntfs3 hfsplus iso9660 udf squashfs erofs cramfs romfs ' +
    'overlay aufs tmpfs ramfs rootfs devtmpfs devpts hugetlbfs mqueue proc sysfs cgroup cgroup2 securityfs debugfs tracefs configfs bpf pstore efivarfs').split(' '),
);

/** As many as the kernel follows. */
const MOST_LINKS = 40;

/** Tells whether asking for a path may wait for ever: whether it lies, by its own name or through a link, on a file system of others. */
export function hangingPaths(): (path: string) => boolean {
  // Read once, when it is first needed: many ask, and one moment is as good as the next.
  let mounts: Mount[] | null = null;
  return (path) => {
    if (isMadeByKernel(path)) return false;
    mounts ??= mountTable();
    return mounts.some(({ local }) => !local) && leadsAway(path, mounts);
  };
}

/** Walks the path without touching what may hang. */
function leadsAway(path: string, mounts: readonly Mount[]): boolean {
  const open = path.split('/');
  let at = '';
  for (let links = 0; open.length > 0 && links < MOST_LINKS; ) {
    const name = open.shift() ?? '';
    if (name === '' || name === '.') continue;
    if (name === '..') {
      at = at.slice(0, Math.max(0, at.lastIndexOf('/')));
      continue;
    }
    const next = `${at}/${name}`;
    if (!isLocal(next, mounts)) return true;
    const target = linkAt(next);
    if (target === null) {
      at = next;
    } else {
      links += 1;
      open.unshift(...target.split('/'));
      if (target.startsWith('/')) at = '';
    }
  }
  return false;
}

function linkAt(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

/** The longest mount point counts, and of equal ones the last, which lies on top. */
function isLocal(path: string, mounts: readonly Mount[]): boolean {
  let nearest: Mount = { point: '', local: true };
  for (const mount of mounts) {
    const holds = mount.point === '/' || path === mount.point || path.startsWith(`${mount.point}/`);
    if (holds && mount.point.length >= nearest.point.length) nearest = mount;
  }
  return nearest.local;
}

/** /proc/self/mountinfo (proc(5)): the fifth word is the mount point, the first after ` - ` the type. */
function mountTable(): Mount[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [place = '', kind = ''] = line.split(' - ');
      const point = place.split(' ')[4];
      return point === undefined ? [] : [{ point: unescaped(point), local: LOCAL.has(kind.split(' ', 1)[0] ?? '') }];
    });
}

/** Blank, tab, newline and backslash stand as three octal digits. */
function unescaped(point: string): string {
  return point.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
