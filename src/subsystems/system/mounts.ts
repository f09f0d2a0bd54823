import { unparsed } from '../../core/unknown.ts';

/** A mount that holds data of its own. */
export interface Mount {
  point: string;
  device: string;
  type: string;
  readOnly: boolean;
  turnedReadOnly: boolean;
}

interface Line extends Mount {
  /** Major and minor number: the same for every mount of one file system. */
  number: string;
  /** What of the file system is mounted; `/` unless it is a bind mount or a subvolume. */
  root: string;
}

/** Types that hold data without a block device under /dev. */
const REMOTE = new Set([
  'zfs',
  'nfs',
  'nfs4',
  'cifs',
  'smb3',
  'ceph',
  '9p',
  'virtiofs',
  'glusterfs',
  'afs',
  'lustre',
  'gfs2',
  'ocfs2',
  'beegfs',
]);
const FUSE = /^fuse\.(sshfs|glusterfs|ceph|mergerfs|juicefs|s3fs|rclone|gcsfuse|moosefs|lizardfs|mfs|bindfs|unionfs)/;

/** What newer kernels show of ext4 after an error, where older ones show `ro`. */
const GAVE_UP = /(^|,)(emergency_ro|shutdown)(,|$)/;

/** Read-only images: always full, and rightly so. */
const IMAGES = new Set(['squashfs', 'iso9660', 'udf', 'erofs', 'cramfs', 'romfs']);

/** The mounts of /proc/self/mountinfo (proc_pid_mountinfo(5)) that hold data, each file system once. */
export function dataMounts(text: string): Mount[] {
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map(mountLine);
  if (lines.length === 0) throw unparsed('no mount at all');
  const onTop = new Map(lines.map((line) => [line.point, line]));
  const data = [...onTop.values()].filter(holdsData).sort(mainFirst);
  const first = new Map<string, Line>();
  for (const line of data) {
    const key = line.device.startsWith('/dev/') ? line.device : line.number;
    if (!first.has(key)) first.set(key, line);
  }
  return [...first.values()]
    .map(({ point, device, type, readOnly, turnedReadOnly }) => ({ point, device, type, readOnly, turnedReadOnly }))
    .sort((a, b) => (a.point < b.point ? -1 : 1));
}

function mountLine(line: string): Line {
  const [before = '', after = ''] = line.split(' - ');
  const fields = [...before.split(' ').slice(2, 6), ...after.split(' ').slice(0, 3)];
  if (fields.length < 7) throw unparsed('a line is none of mountinfo');
  const [number, root, point, options, type, device, superOptions] = fields as [string, string, string, string, string, string, string];
  const below = isReadOnly(superOptions) || GAVE_UP.test(superOptions);
  const here = isReadOnly(options);
  return {
    number,
    root,
    point: unescaped(point),
    device: unescaped(device),
    type,
    readOnly: here || below,
    turnedReadOnly: below && !here,
  };
}

/** Single files that a container is given from its host's disk. */
const GIVEN = new Set(['/etc/hosts', '/etc/hostname', '/etc/resolv.conf']);

function holdsData({ point, type, device }: Line): boolean {
  if (IMAGES.has(type) || GIVEN.has(point)) return false;
  if (point === '/') return type !== 'rootfs' && type !== 'tmpfs';
  if (type === 'overlay') return false;
  return /^fuse(\.|$)/.test(type) ? FUSE.test(type) : device.startsWith('/dev/') || REMOTE.has(type);
}

/** `/`, then a whole file system before a bind mount of part of it, a short path before a long one. */
function mainFirst(a: Line, b: Line): number {
  return (
    Number(a.point !== '/') - Number(b.point !== '/') || Number(a.root !== '/') - Number(b.root !== '/') || a.point.length - b.point.length
  );
}

/** What /etc/fstab (fstab(5)) says of each mount point: whether it is to be writable. */
export function fstabWritable(text: string): ReadonlyMap<string, boolean> {
  const entries = text.split('\n').flatMap((line): [string, boolean][] => {
    const [device = '', point, , options = 'defaults'] = line.trim().split(/[ \t]+/);
    return device === '' || device.startsWith('#') || point === undefined ? [] : [[unescaped(point), !isReadOnly(options)]];
  });
  return new Map(entries);
}

/** The last of `ro` and `rw` counts. */
function isReadOnly(options: string): boolean {
  const words = options.split(',');
  return words.lastIndexOf('ro') > words.lastIndexOf('rw');
}

/** Blanks, tabs, newlines, backslashes and `#` stand as octal numbers. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
