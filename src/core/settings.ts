import { onceFor } from './once-for.ts';
import type { Levels, Rule, Severity } from './rule.ts';
import type { NodeSnapshot } from './snapshot.ts';

/** One wish of the person about rules: which, where, and what differs there. Later ones win. */
export interface RuleSetting {
  /** Rule id; `*` stands for any part: `system/disk`, `system/*`. */
  rule: string;
  node?: string;
  tag?: string;
  role?: string;
  /** A glob on the finding's subject: a mount, a unit, a container. */
  subject?: string;
  off?: boolean;
  severity?: Severity;
  levels?: Record<string, number>;
}

/** What holds for one rule on one node (null: across the fleet) and, where given, one subject pattern. */
export interface Effective {
  off: boolean;
  /** Set by the person: it wins over what the rule says. */
  severity: Severity | null;
  levels: Levels;
}

/** Whether `text` fits a pattern in which `*` stands for any text. Linear in the text: no backtracking. */
export function fits(pattern: string, text: string): boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) return pattern === text;
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  const end = text.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

/** The levels, severity and on/off that hold for a rule on a node, all settings without a subject applied in order, then the given ones. */
export function effective(id: string, rule: Rule, node: NodeSnapshot | null, settings: readonly RuleSetting[]): Effective {
  if (settings.length === 0 && node?.profile !== 'orama') return asDefined(rule);
  const orama = node?.profile === 'orama' ? (rule.orama ?? {}) : {};
  const { severity: oramaSeverity, ...oramaLevels } = orama as { severity?: Severity } & Record<string, number>;
  const start: Effective = { off: false, severity: oramaSeverity ?? null, levels: { ...rule.levels, ...oramaLevels } };
  return settings
    .filter((setting) => fits(setting.rule, id) && concerns(setting, node))
    .reduce(
      (held, setting) => ({
        off: setting.off ?? held.off,
        severity: setting.severity ?? held.severity,
        levels: { ...held.levels, ...setting.levels },
      }),
      start,
    );
}

const asDefined = onceFor(({ levels }: Rule): Effective => ({ off: false, severity: null, levels }));

function concerns({ node: name, tag, role }: RuleSetting, node: NodeSnapshot | null): boolean {
  if (node === null) return name === undefined && tag === undefined && role === undefined;
  return (
    (name === undefined || fits(name, node.name)) &&
    (tag === undefined || node.tags.some((each) => fits(tag, each))) &&
    (role === undefined || fits(role, node.role))
  );
}
