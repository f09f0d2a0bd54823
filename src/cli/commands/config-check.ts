import { homedir } from 'node:os';
import { visible } from '../../core/clean.ts';
import { nearest } from '../../core/nearest.ts';
import { EXIT, type Exit } from '../../core/refusal.ts';
import { fits, type RuleSetting } from '../../core/settings.ts';
import { listed, many } from '../../core/units.ts';
import type { Inventory } from '../../fleet/node-config.ts';
import type { Io } from '../io.ts';
import { environmentsOf, loadInventory } from '../../fleet/inventory.ts';
import { INSPECTED } from '../../inspect/defined-checks.ts';
import { visibleJson } from '../visible-json.ts';

/** Reads the inventory as \`ward monitor\` would and says what is in it; what is wrong ends it with exit code 3, what is odd is a warning. */
export async function configCheck(io: Io, { config, ssh, json }: { config?: string; ssh?: string[]; json?: true }): Promise<Exit> {
  const inventory = await loadInventory({
    config: config ?? null,
    ssh: ssh ?? [],
    cwd: io.cwd,
    env: io.env,
    home: io.env['HOME'] ?? homedir(),
  });
  const warnings = [...inventory.notes, ...inventory.settings.flatMap((setting, at) => settingWarning(setting, at, inventory))];
  if (json === true) await io.print(visibleJson(object(inventory, warnings)));
  else {
    for (const warning of warnings) io.say(`ward: ${visible(warning)}\n`);
    await io.print(`${visible(sentence(inventory))}\n`);
  }
  return EXIT.fine;
}

function object(inventory: Inventory, warnings: readonly string[]): object {
  const { path, format, settings } = inventory;
  const { nodes, checks } = partsOf(inventory);
  const environments = environmentsOf(inventory).map((name) => ({
    name,
    nodes: nodes.filter(({ environment }) => environment === name).length,
  }));
  return { path, format, environments, node_count: nodes.length, check_count: checks.length, settings: settings.length, warnings };
}

/** The machines, and what is asked from here, which is no machine of the fleet. */
function partsOf({ nodes }: Inventory) {
  return { nodes: nodes.filter(({ checks }) => checks === undefined), checks: nodes.flatMap(({ checks }) => checks ?? []) };
}

/** `nodes.yaml is right: 3 nodes in 1 environment (lab 3), 10 rule settings.` */
function sentence(inventory: Inventory): string {
  const { path, settings, format } = inventory;
  const { nodes, checks } = partsOf(inventory);
  if (format === 'local') return 'No inventory is there, so ward looks at this machine alone.';
  const environments = environmentsOf(inventory);
  const each = environments.map((name) => `${name} ${nodes.filter(({ environment }) => environment === name).length}`);
  const where = each.length === 0 ? '' : ` in ${many(environments.length, 'environment')} (${listed(each)})`;
  return `${path ?? 'ssh_config'} is right: ${many(nodes.length, 'node')}${where}, ${checks.length === 0 ? '' : `${many(checks.length, 'check')} from here, `}${many(settings.length, 'rule setting')}.`;
}

/** A setting that no rule, node, tag or role fits does nothing, which nobody means. */
function settingWarning(setting: RuleSetting, at: number, { nodes }: Inventory): string[] {
  const rules = INSPECTED.flatMap(({ name, rules: all }) => all.map((rule) => `${name}/${rule.name}`));
  const place = `rules[${at}]`;
  const unmet: [what: string, pattern: string | undefined, there: readonly string[]][] = [
    ['rule', setting.rule, rules],
    ['node', setting.node, nodes.map(({ name }) => name)],
    ['tag', setting.tag, nodes.flatMap(({ tags }) => tags)],
    ['role', setting.role, nodes.map(({ role }) => role)],
  ];
  return unmet.flatMap(([what, pattern, there]) => {
    if (pattern === undefined || there.some((each) => fits(pattern, each))) return [];
    const near = nearest(pattern, [...new Set(there)]);
    return [`${place}: no ${what} fits "${pattern}"${near === null ? '' : `; nearest is "${near}"`}`];
  });
}
