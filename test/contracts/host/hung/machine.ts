import { spawnSync } from 'node:child_process';

/**
 * Makes a machine of its own for one process: in namespaces, with a file system at $1/hung that nobody serves and a name server that is
 * silent. Whatever it made ends with the process.
 */
const MAKE = `
exec 9<>/dev/fuse
mkdir -p "$1/hung"
mount -i -t fuse.sshfs -o fd=9,rootmode=40000,user_id=0,group_id=0 nobody "$1/hung"
echo 'nameserver 127.0.0.1' >"$1/resolv.conf"
mount --bind "$1/resolv.conf" /etc/resolv.conf
ip link set lo up
shift
exec "$@"
`;

const UNSHARE = [
  '--user',
  '--map-root-user',
  '--mount',
  '--net',
  '--pid',
  '--fork',
  '--mount-proc',
  '--kill-child',
  'sh',
  '-ec',
  MAKE,
  'sh',
];

/** The words that run a program on such a machine, whose files are made in this folder. */
export function onHungMachine(folder: string, program: readonly string[]): [string, readonly string[]] {
  return ['unshare', [...UNSHARE, folder, ...program]];
}

/** Why no such machine can be made here; null where one can. */
export function whyNoHungMachine(folder: string): string | null {
  const [program, words] = onHungMachine(folder, ['true']);
  const { status, stderr, error } = spawnSync(program, words, { encoding: 'utf8', timeout: 10_000 });
  return status === 0 ? null : (error?.message ?? stderr.trim().split('\n')[0] ?? 'unshare failed');
}
