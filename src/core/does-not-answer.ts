import { explainedByUnit } from './explained-by-unit.ts';
import { mildWhileJoining } from './joining.ts';
import type { Context, Found, Next } from './rule.ts';
import { whyUnknown } from './why-unknown.ts';

/** A program that is installed and should have answered. */
interface Silent {
  subject: string;
  /** As a sentence begins with it. */
  called: string;
  asked: string;
  /** The field of the report whose reason says why there is no answer. */
  path: string;
  unit: string | null;
  next: Next;
}

/** That a program does not answer, as a finding which follows from its unit's where that tells why. */
export function doesNotAnswer({ node }: Context, { subject, called, asked, path, unit, next }: Silent): Found {
  const answered = whyUnknown(node, path);
  return {
    ...mildWhileJoining(node),
    subject,
    message: `${called} does not answer: ${answered}`,
    evidence: { asked, answered, limit: 'an answer within 3 s' },
    next,
    ...explainedByUnit(node, unit),
  };
}
