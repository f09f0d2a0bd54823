import type { Failure } from '../../core/snapshot.ts';
import type { Asked, Round } from './ask-node.ts';
import { adviceOn, adviceText } from './advice.ts';
import { keyInFile, shownKey } from './host-keys.ts';
import type { Outcome } from './outcome.ts';
import { changedKey } from './told.ts';
import type { Target } from './words.ts';

/** The failure as people read it, with the fingerprints where a host key is the trouble. */
export async function failureAt(target: Target, asked: Asked, outcome: Outcome & { kind: 'failure' }, round: Round): Promise<Failure> {
  const { cause, runs } = outcome;
  const message =
    cause === 'host-key-changed'
      ? changed(asked.stderr, outcome.message)
      : cause === 'host-key-unknown'
        ? await unknown(target, round, outcome.message)
        : outcome.message;
  const advice = adviceOn(cause, { ...target.node, ...(runs === undefined ? {} : { runs }) });
  return { cause, message, next: adviceText(advice) };
}

function changed(stderr: string, message: string): string {
  const { seen, file, line } = changedKey(stderr);
  const known = file === null ? null : keyInFile(file, line);
  if (seen === null) return message;
  return `host key changed, was ${known?.fingerprint ?? 'another'}, is ${seen}; nothing was sent`;
}

/** A look that may take as long as connecting may. */
async function unknown(target: Target, round: Round, message: string): Promise<string> {
  const { key } = await shownKey(round, target, target.ssh.connect_timeout_s * 1000);
  return key === null ? message : `not enrolled: its host key ${key.fingerprint} is not known here; nothing was sent`;
}
