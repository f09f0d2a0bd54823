import { onNode } from '../../core/command.ts';
import { PROFILES } from '../../core/profile.ts';
import { type Evidence, type Rule, rule } from '../../core/rule.ts';
import { listed } from '../../core/units.ts';
import type { Network } from './section.ts';
import { exposures } from './ufw-exposures.ts';
import { wantsUfw } from './wants-ufw.ts';

const ufwInactive = rule<Network>()({
  name: 'ufw-inactive',
  severity: 'critical',
  about: 'UFW is not switched on, though the profile or the node’s own file says that it must be.',
  source: 'Orama',
  levels: {},
  needs: ['ufw_active'],
  find: (section, _levels, { node }) =>
    section.ufw_active || !wantsUfw(section, node.profile)
      ? []
      : [
          {
            subject: 'ufw',
            message: `UFW is ${section.ufw_installed === false ? 'not installed' : 'inactive'}${instead(section)}`,
            evidence: answer(section.ufw_installed),
            next: section.ufw_installed === false ? onNode`sudo nft list ruleset` : onNode`sudo ufw status verbose`,
          },
        ],
});

/** What stands in its place; the original program does not tell. */
function instead({ firewall, ufw_installed: installed }: Network): string {
  if (firewall !== null) return `: ${firewall} is switched on in its place`;
  return installed === null ? '' : ': no firewall that ward knows stands before the ports of this node';
}

/** What was asked and what came back; the original program asks UFW itself. */
function answer(installed: boolean | null): Evidence {
  if (installed === null) return { asked: 'ufw status', answered: 'inactive', limit: 'active' };
  return { asked: '/etc/ufw/ufw.conf', answered: installed ? 'ENABLED=no' : 'no such file', limit: 'ENABLED=yes' };
}

const ufwOpen = rule<Network>()({
  name: 'ufw-open',
  severity: 'critical',
  about: 'UFW is switched on, but lets in whatever no rule names.',
  source: 'our own',
  levels: {},
  needs: ['ufw_active', 'ufw_default'],
  find: ({ ufw_default: policy }) =>
    policy !== 'ACCEPT'
      ? []
      : [
          {
            subject: 'ufw',
            message: `UFW lets in whatever no rule names: its default is ${policy}`,
            evidence: { asked: '/etc/default/ufw', answered: `DEFAULT_INPUT_POLICY=${policy}`, limit: 'DROP or REJECT' },
            next: onNode`sudo ufw status verbose`,
          },
        ],
});

const ufwExposes = rule<Network>()({
  name: 'ufw-exposes',
  severity: 'critical',
  about: 'A rule of UFW opens a port to the outside that only the mesh should reach.',
  source: 'the later original',
  levels: {},
  needs: ['ufw_active', 'ufw_rules'],
  find: ({ ufw_rules: rules }, _levels, { node }) =>
    exposures(rules, node.profile).map(({ rule: text, ports }) => ({
      subject: text,
      message: `UFW opens ${ports.length === 1 ? 'port' : 'ports'} ${listed(ports.map(String))} beyond the mesh: ${text}`,
      evidence: { asked: 'the rules of UFW', answered: text, limit: `from ${PROFILES[node.profile].network.mesh} only` },
      next: onNode`sudo ufw status numbered`,
    })),
});

/** What may be wrong with a machine's firewall. */
export const firewallRules: readonly Rule[] = [ufwInactive, ufwOpen, ufwExposes];
