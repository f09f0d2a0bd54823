import { anything, type Figure, type Json, lines, number, says, sorted, word } from './figure.ts';

/** The port, program and protocol of each waiting socket, as `53 udp coredns`. */
const LISTENING =
  'ss -Hltnup | awk \'{n=split($5, a, ":"); p=$7; sub(/.*\\(\\("/, "", p); sub(/".*/, "", p); print a[n], $1, p}\' | sort -u';

const portsOf = (value: unknown) =>
  sorted((value as Json[] | null)?.map(({ port, proto, process }) => [port, proto, process].map(String).join(' ')));

/** One of the kernel's counters of the host's own interface, which each login moves. */
function counter(name: string, within?: number): Figure {
  return {
    path: `network.interfaces[name=host0].${name}`,
    command: `cat /sys/class/net/host0/statistics/${name.replace('drops', 'dropped')}`,
    read: number,
    ...(within === undefined ? {} : { within }),
  };
}

/** The network, as ss, ip and ufw tell it. */
export const NETWORK: readonly Figure[] = [
  { path: 'network.default_route', command: 'ip -4 route show default', read: anything },
  { path: 'network.default_gateway', command: "ip -4 route show default | awk '{print $3}'", read: word },
  { path: 'network.default_interface', command: "ip -4 route show default | awk '{print $5}'", read: word },
  { path: 'network.wg_route_exists', command: 'ip -4 route show dev wg0', read: anything },
  { path: 'network.addresses', command: "ip -o addr show scope global | awk '{print $4}' | cut -d / -f 1", read: lines, as: sorted },
  // A login each for asking, and what is just ending; a cluster ends many.
  { path: 'network.tcp_established', command: 'ss -Htn state established | wc -l', read: number, within: 4 },
  { path: 'network.tcp_time_wait', command: 'ss -Htn state time-wait | wc -l', read: number, within: 80 },
  { path: 'network.listening_ports', command: LISTENING, read: lines, as: portsOf },
  {
    path: 'network.internet_reachable',
    command:
      "timeout 3 bash -c '</dev/tcp/$0/$1' $(sed -n 's/.*reach: \"\\(.*\\):\\(.*\\)\".*/\\1 \\2/p' /etc/wardround/node.yaml) && echo yes",
    read: says('yes'),
  },
  {
    path: 'network.interfaces',
    command: "ls /sys/class/net | grep -v '^lo$'",
    read: lines,
    as: (value) => sorted((value as Json[] | null)?.map(({ name }) => name)),
  },
  counter('rx_bytes', 200_000),
  counter('tx_bytes', 200_000),
  counter('rx_errors'),
  counter('tx_errors'),
  counter('rx_drops'),
  counter('tx_drops'),
  { path: 'network.ufw_active', command: 'ufw status | head -n 1', read: says('Status: active') },
  {
    path: 'network.ufw_rules',
    command: "ufw status | awk 'NF && seen; /^--/ {seen=1}' | grep -vc '(v6)'",
    read: number,
    as: (value) => (value as string[] | null)?.filter((rule) => !rule.includes('(v6)')).length,
  },
  {
    path: 'network.ufw_default',
    command: "ufw status verbose | sed -n 's/^Default: \\([a-z]*\\) (incoming).*/\\1/p'",
    read: (output) => ({ deny: 'DROP', reject: 'REJECT', allow: 'ACCEPT' })[output.trim()] ?? '',
  },
];
