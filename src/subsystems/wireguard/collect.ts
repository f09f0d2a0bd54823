import { type Answer, type Ask, type Change, once, orNull, present } from '../../core/ask.ts';
import { ipv4Routes, localIpv4Addresses } from '../../core/ipv4-routes.ts';
import type { FileFacts, FileText, Ran, Unit } from '../../core/host.ts';
import type { Profile } from '../../core/profile.ts';
import { type Asked, type AskedSection, when } from '../../core/section.ts';
import { absent, failed, type Unknown, unparsed } from '../../core/unknown.ts';
import { ownAddress } from './own-address.ts';
import type { Flow, FurtherInterface, Peer, Wireguard } from './section.ts';
import { agoSeconds, publicKey, type ShownInterface, type ShownPeer, shownInterface, type Transfer, transfers } from './wg-show.ts';

/** Names every interface, and tells by DEVTYPE which are the kernel's WireGuard. wireguard-go makes plain tun devices. */
const LINKS = '/sys/class/net/*/uevent';

/** What is asked about one interface by name. */
interface Looked {
  name: string;
  flags: Answer<number>;
  mtu: Answer<number>;
  config: Answer<FileFacts>;
  unit: Answer<Unit>;
}

/** What is asked about all interfaces at once. */
interface Shown {
  all: Answer<Ran>;
  moved: Answer<Transfer[]>;
  now_s: () => number;
}

/** The WireGuard interfaces of the machine, the profile's first: at most two processes, and none where there is no interface. */
export function collect(ask: Ask, { wireguard: { interfaces } }: Profile): AskedSection<Wireguard> {
  const others = ask.readEach(LINKS, (files) => kernelInterfaces(files).filter((name) => !interfaces.includes(name)));
  const any = ask.readEach(LINKS, (files) => anyInterface(files, interfaces));
  const named = interfaces.map((name) => look(ask, name));
  const further = ask.each(others, (name) => look(ask, name));
  const clock = ask.clock();
  const shown: Shown = {
    all: ask.after(any, () => ask.ran(['wg', 'show', 'all'])),
    moved: ask.after(any, () => ask.run(['wg', 'show', 'all', 'transfer'], transfers)),
    now_s: () => Math.floor(clock().unix_ms / 1000),
  };
  const flows = ask.since('wireguard', shown.moved);
  const routes = ask.after(any, () => ask.read('/proc/net/route', ipv4Routes));
  const locals = ask.after(any, () => ask.read('/proc/net/fib_trie', localIpv4Addresses));

  const own = once(() => chosen(named, orNull(further) ?? []));
  const listed = once(() => shownInterface(shown.all(), own().name));

  return when<Wireguard>(() => isHere(named, further), {
    interface: () => own().name,
    interface_up: () => isUp(own()),
    service_active: () => own().unit().active_state === 'active',
    wg_ip: () => (present(own().flags) ? ownAddress(own().name, routes(), locals()) : absent(`there is no interface ${own().name}`)),
    listen_port: () => portOf(listed()),
    peer_count: () => listed().peers.length,
    mtu: () => own().mtu(),
    config_exists: () => present(own().config),
    config_perms: () => own().config().mode,
    public_key: () => keyOf(listed()),
    peers: () => listed().peers.map((peer) => peerFields(peer, own().name, shown)),
    traffic: () => grown(listed(), flows()),
    interfaces: () =>
      [...named.filter(({ flags }) => present(flags)), ...further()]
        .filter((each) => each !== own())
        .map((each) => furtherFields(each, shown)),
  });
}

function look(ask: Ask, name: string): Looked {
  return {
    name,
    flags: ask.read(`/sys/class/net/${name}/flags`, (text) => numberIn(text, 16)),
    mtu: ask.read(`/sys/class/net/${name}/mtu`, (text) => numberIn(text, 10)),
    config: ask.stat(`/etc/wireguard/${name}.conf`),
    unit: ask.unit(`wg-quick@${name}.service`),
  };
}

/** Whether WireGuard is on this machine: an interface, or the configuration of one. */
function isHere(named: readonly Looked[], further: Answer<readonly Looked[]>): boolean | Unknown {
  const found = named.some(({ flags }) => present(flags)) || further().length > 0 || named.some(({ config }) => present(config));
  return found || absent('neither a WireGuard interface nor the configuration of one');
}

/** The first of the profile that has an interface or a configuration, else another that the machine has. */
function chosen(named: readonly Looked[], further: readonly Looked[]): Looked {
  const known = named.find(({ flags, config }) => orNull(() => present(flags)) === true || orNull(() => present(config)) === true);
  const own = known ?? further[0] ?? named[0];
  if (own === undefined) throw absent('the profile names no interface');
  return own;
}

/** IFF_UP of linux/if.h; an interface that is not there is not up. */
function isUp({ flags }: Looked): boolean {
  return present(flags) && flags() % 2 === 1;
}

function peerFields({ publicKey: key, facts }: ShownPeer, name: string, { moved, now_s }: Shown): Asked<Peer> {
  const shook = facts.get('latest handshake');
  const age = once(() => (shook === undefined ? never() : agoSeconds(shook)));
  const bytes = once(() => {
    const found = moved().find((each) => each.interface === name && each.public_key === key);
    if (found === undefined) throw failed('wg show all transfer does not list this peer');
    return found;
  });
  return {
    public_key: key,
    endpoint: facts.get('endpoint') ?? absent('no endpoint yet'),
    allowed_ips: (facts.get('allowed ips') ?? '(none)').replaceAll(', ', ','),
    latest_handshake: () => (shook === undefined ? never() : now_s() - age()),
    handshake_age_sec: age,
    never_shook_hands: shook === undefined,
    transfer_rx_bytes: () => bytes().rx,
    transfer_tx_bytes: () => bytes().tx,
    keepalive: () => keepaliveOf(facts.get('persistent keepalive')),
  };
}

function never(): never {
  throw absent('never shook hands');
}

function keepaliveOf(text: string | undefined): number {
  if (text === undefined || text === 'off') throw absent('no keepalive is set');
  const seconds = /^every (.+)$/.exec(text)?.[1];
  if (seconds === undefined) throw unparsed(`"${text.slice(0, 60)}" is no keepalive of wg show`);
  return agoSeconds(`${seconds} ago`);
}

function furtherFields(each: Looked, shown: Shown): Asked<FurtherInterface> {
  const listed = once(() => shownInterface(shown.all(), each.name));
  return {
    name: each.name,
    interface_up: () => isUp(each),
    public_key: () => keyOf(listed()),
    listen_port: () => portOf(listed()),
    mtu: each.mtu,
    peers: () => listed().peers.map((peer) => peerFields(peer, each.name, shown)),
  };
}

function keyOf({ facts }: ShownInterface): string {
  const key = facts.get('public key');
  if (key === undefined) throw absent('the interface has no key yet');
  return publicKey(key);
}

function portOf({ facts }: ShownInterface): number {
  const port = facts.get('listening port');
  if (port === undefined) throw absent('the interface listens on no port');
  return numberIn(port, 10);
}

/** Rates of the peers whose counters went on; one that was set back says nothing. */
function grown({ name, peers }: ShownInterface, { before, now, seconds }: Change<Transfer[]>): Flow[] {
  if (peers.length > 0 && !now.some((each) => each.interface === name)) throw failed(`wg show all transfer does not list ${name}`);
  const earlier = new Map(before.map((each) => [`${each.interface} ${each.public_key}`, each]));
  return now.flatMap((each) => {
    const then = earlier.get(`${each.interface} ${each.public_key}`);
    if (each.interface !== name || then === undefined || each.rx < then.rx || each.tx < then.tx) return [];
    const rate = (bytes: number) => Math.round((bytes / seconds) * 100) / 100;
    return [{ public_key: each.public_key, rx_bytes_per_s: rate(each.rx - then.rx), tx_bytes_per_s: rate(each.tx - then.tx) }];
  });
}

function numberIn(text: string, base: 10 | 16): number {
  const digits = (base === 16 ? /^0x([0-9a-f]{1,8})$/ : /^(\d{1,10})$/).exec(text.trim())?.[1];
  if (digits === undefined) throw unparsed(`"${text.trim().slice(0, 40)}" is no number`);
  return Number.parseInt(digits, base);
}

/** Every interface whose kernel type is WireGuard. */
function kernelInterfaces(files: readonly FileText[]): string[] {
  return files.filter(({ text }) => /^DEVTYPE=wireguard$/m.test(text)).map(linkName);
}

function anyInterface(files: readonly FileText[], wanted: readonly string[]): string[] {
  const found = [...new Set([...kernelInterfaces(files), ...files.map(linkName).filter((name) => wanted.includes(name))])];
  if (files.length === 0) throw unparsed('no interface at all, not even lo');
  if (found.length === 0) throw absent('there is no WireGuard interface');
  return found;
}

function linkName({ path }: FileText): string {
  return path.split('/')[4] ?? '';
}
