import type { Finding } from '../../core/rule.ts';
import { listed, many } from '../../core/units.ts';

/** Findings by what they follow from, so that each list is looked up and not searched. */
export function followers(findings: readonly Finding[]): (finding: Finding) => readonly Finding[] {
  const by = new Map<string, Finding[]>();
  for (const each of findings) {
    if (each.follows === null) continue;
    const known = by.get(each.follows);
    if (known === undefined) by.set(each.follows, [each]);
    else known.push(each);
  }
  return ({ node, message }) => by.get(`${node}: ${message}`) ?? [];
}

/** `4 of wireguard and 1 of rqlite, which follow from it`; the sentence itself where it is only one. */
export function mutesText(following: readonly Finding[]): string {
  const [only] = following;
  if (only === undefined) return '';
  if (following.length === 1) return `${only.node}: ${only.message}`;
  const bySubsystem = new Map<string, number>();
  for (const { subsystem } of following) bySubsystem.set(subsystem, (bySubsystem.get(subsystem) ?? 0) + 1);
  const counted = [...bySubsystem].map(([name, number]) => many(number, `finding of ${name}`, `findings of ${name}`));
  return `${listed(counted)}, which follow from it`;
}
