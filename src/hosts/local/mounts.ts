import { readFileSync, readlinkSync } from 'node:fs';
import { isMadeByKernel } from './read-text.ts';

/** File systems that answer from this machine's own memory and disks. Any other may wait for a server or a program that never answers. */
const LOCAL = new Set(
  (
    'ext2 ext3 ext4 xfs btrfs f2fs jfs reiserfs bcachefs zfs vfat msdos exfat ntfs ntfs3 hfsplus iso9660 udf squashfs erofs cramfs romfs ' +
    'overlay aufs tmpfs ramfs rootfs devtmpfs devpts hugetlbfs mqueue proc sysfs cgroup cgroup2 securityfs debugfs tracefs configfs bpf pstore efivarfs'
  ).split(' '),
);

/** As many as the kernel follows. */
const MOST_LINKS = 40;

/** Whether a file system of others is mounted at a point. The last one at a point lies on top. */
export type Mounts = ReadonlyMap<string, boolean>;

/** Tells whether asking for a path may wait for ever: whether it lies, by its own name or through a link, on a file system of others. */
export function hangingPaths(): (path: string) => boolean {
  // Each is read once, when it is first needed: many ask, and one moment is as good as the next.
  let mounts: Mounts | null = null;
  const links = new Map<string, string | null>();
  const linkAt = (path: string): string | null => {
    if (!links.has(path)) links.set(path, linkTarget(path));
    return links.get(path) ?? null;
  };
  return (path) => {
    if (isMadeByKernel(path)) return false;
    mounts ??= mountsIn(readFileSync('/proc/self/mountinfo', 'utf8'));
    return mounts.size > 0 && leadsAway(path, mounts, linkAt);
  };
}

/** Whether a path lies by its own name on a file system of others; where its links lead is not known. */
export function liesAway(path: string, mounts: Mounts): boolean {
  return !isMadeByKernel(path) && mounts.size > 0 && leadsAway(path, mounts, () => null);
}

/** Walks the path from its root without touching what may hang: whatever was passed is known to answer. */
function leadsAway(path: string, mounts: Mounts, linkAt: (path: string) => string | null): boolean {
  if (mounts.get('/') === true) return true;
  const open = path.split('/');
  let at = '';
  for (let links = 0; open.length > 0 && links < MOST_LINKS; ) {
    const next = stepped(at, open.shift() ?? '');
    if (mounts.get(next) === true) return true;
    const target = linkAt(next);
    if (target === null) {
      at = next;
      continue;
    }
    links += 1;
    open.unshift(...target.split('/'));
    if (target.startsWith('/')) at = '';
  }
  return false;
}

function stepped(at: string, name: string): string {
  if (name === '' || name === '.') return at;
  return name === '..' ? at.slice(0, Math.max(0, at.lastIndexOf('/'))) : `${at}/${name}`;
}

function linkTarget(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

/**
 * /proc/self/mountinfo (proc(5)): the fifth word is the mount point, the first after ` - ` the type. Empty where all file systems are
 * the machine's own, but for those within the kernel's, where nobody is led.
 */
export function mountsIn(mountinfo: string): Mounts {
  const mounts = new Map<string, boolean>();
  for (const line of mountinfo.split('\n')) {
    const [place = '', kind = ''] = line.split(' - ');
    const point = place.split(' ')[4];
    if (point !== undefined && !isMadeByKernel(point)) mounts.set(unescaped(point), !LOCAL.has(kind.split(' ', 1)[0] ?? ''));
  }
  return [...mounts.values()].includes(true) ? mounts : new Map();
}

/** Blank, tab, newline and backslash stand as three octal digits. */
function unescaped(point: string): string {
  return point.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
