import { type Ask, once, orNull, present } from '../../core/ask.ts';
import type { Fields } from '../../core/section.ts';
import { absent, unparsed } from '../../core/unknown.ts';
import type { Network } from './section.ts';
import { ufwRules } from './ufw-rules.ts';

type FirewallFields = Pick<Network, 'ufw_installed' | 'ufw_active' | 'ufw_default' | 'ufw_rules' | 'firewall'>;

const CONFIG = '/etc/ufw/ufw.conf';
/** Services that load a firewall's rules, besides UFW. */
const OTHERS = ['nftables', 'firewalld', 'netfilter-persistent'];

/** UFW as its files have it, and which other firewall is switched on: no program is run. */
export function firewall(ask: Ask): Fields<FirewallFields> {
  const enabled = ask.read(CONFIG, ufwEnabled);
  const policy = ask.after(enabled, () => ask.read('/etc/default/ufw', inputPolicy));
  const rules = ['/etc/ufw/user.rules', '/etc/ufw/user6.rules'].map((path) =>
    ask.after(enabled, (on) => {
      if (!on) throw absent('UFW is inactive');
      return ask.read(path, ufwRules);
    }),
  );
  const others = OTHERS.map((name) => ({ name, unit: ask.unit(`${name}.service`) }));
  const active = once(() => present(enabled) && enabled());
  return {
    ufw_installed: () => present(enabled),
    ufw_active: active,
    ufw_default: () => (active() ? policy() : absent('UFW is inactive')),
    ufw_rules: () => rules.flatMap((answer) => answer()),
    firewall: () =>
      active()
        ? 'ufw'
        : (others.find(({ unit }) => orNull(unit)?.active_state === 'active')?.name ??
          absent('no firewall that ward knows is switched on')),
  };
}

/** ENABLED=yes of ufw.conf, which UFW reads at boot and writes at every `ufw enable` and `ufw disable`. */
export function ufwEnabled(text: string): boolean {
  const [, value] = /^ENABLED=["']?(\w+)["']?\s*$/im.exec(text) ?? [];
  if (value === undefined) throw unparsed('no line ENABLED');
  return value.toLowerCase() === 'yes';
}

function inputPolicy(text: string): string {
  const [, value] = /^DEFAULT_INPUT_POLICY=["']?(\w+)["']?\s*$/m.exec(text) ?? [];
  if (value === undefined) throw unparsed('no line DEFAULT_INPUT_POLICY');
  return value.toUpperCase();
}
