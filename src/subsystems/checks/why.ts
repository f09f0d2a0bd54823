import type { NodeSnapshot } from '../../core/snapshot.ts';
import { isBad } from './judge.ts';
import type { CheckResult, Checks } from './section.ts';

const MOST_NAMED = 3;

/** Why a check failed, for a sentence after its name. */
export function whyFailed(check: CheckResult, { checks }: Checks, node: NodeSnapshot): string {
  const at = `checks.checks[${checks.indexOf(check)}]`;
  const { answer, expected, claim, kind } = check;
  if (answer === null) return reasonAt(`${at}.answer`, node) ?? reasonAt(at, node) ?? 'no answer came';
  if (kind !== 'health') return `${answer}, expected ${expected}`;
  return claim === null ? `${answer}, and ${reasonAt(`${at}.claim`, node) ?? 'it tells nothing of its health'}` : badParts(claim);
}

/** What the report says of a field that could not be read, without the question, which stands beside it. */
function reasonAt(path: string, { report }: NodeSnapshot): string | null {
  const reason = report?.unknown.find((entry) => entry.path === path)?.reason ?? null;
  return reason === null ? null : reason.split(': ').slice(1).join(': ') || reason;
}

/** `it says critical: vault critical and queue down`. */
function badParts({ status, services }: NonNullable<CheckResult['claim']>): string {
  const bad = services.filter((each) => isBad(each.status)).map(({ name, status: word }) => `${name} ${word}`);
  const named = bad.length > MOST_NAMED ? `${bad.slice(0, MOST_NAMED).join(', ')} and ${bad.length - MOST_NAMED} more` : bad.join(', ');
  return [...(isBad(status) ? [`it says ${status}`] : []), ...(named === '' ? [] : [named])].join(': ');
}
