import type { Failure } from '../../core/snapshot.ts';
import type { Asked, Round } from './ask-node.ts';
import type { NodeConfig } from '../node-config.ts';
import { adviceOn, adviceText, lookClosely } from './advice.ts';
import { keyInFile, shownKey } from './host-keys.ts';
import type { Where } from './on-the-way.ts';
import type { Outcome } from './outcome.ts';
import { changedKey } from './told.ts';
import type { Target } from './words.ts';

/** The failure as people read it, with the fingerprints where a host key is the trouble. */
export async function failureAt(target: Target, asked: Asked, outcome: Outcome & { kind: 'failure' }, round: Round): Promise<Failure> {
  const { cause, runs, where } = outcome;
  if (where !== undefined) return failureOnTheWay(target.node, outcome, where);
  const message =
    cause === 'host-key-changed'
      ? changed(asked.stderr, outcome.message)
      : cause === 'host-key-unknown'
        ? await unknown(target, round, outcome.message)
        : outcome.message;
  const advice = adviceOn(cause, { ...target.node, ...(runs === undefined ? {} : { runs }) });
  return { cause, message, next: adviceText(advice) };
}

/** At a jump host, or between one and what comes next. */
function failureOnTheWay(node: NodeConfig, { cause, message }: Outcome & { kind: 'failure' }, { end, hop }: Where): Failure {
  const way = [node, ...jumpsOf(node)];
  const said = end === 'at' ? message : `${message}, as ${nameOf(way[hop])} sees it`;
  const trouble = way[end === 'at' ? hop : hop - 1];
  if (trouble === node) return { cause, message: said, next: adviceText(adviceOn(cause, node)) };
  const known = typeof trouble === 'object';
  const next = adviceText(known ? adviceOn(cause, trouble) : lookClosely(node));
  return { cause, message: `on the way, at ${nameOf(trouble)}: ${said}`, next, ...(known ? { at: trouble.name } : {}) };
}

/** The jump hosts on the way to the node, the nearest to it first. */
function jumpsOf({ jump }: NodeConfig): (NodeConfig | string)[] {
  if (jump === null) return [];
  return typeof jump === 'string' ? jump.split(',').reverse() : [jump, ...jumpsOf(jump)];
}

function nameOf(hop: NodeConfig | string | undefined): string {
  return typeof hop === 'object' ? hop.name : (hop ?? 'its jump host');
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
