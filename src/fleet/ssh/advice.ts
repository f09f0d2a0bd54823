import { here, shellWord } from '../../core/command.ts';
import type { Next } from '../../core/rule.ts';
import { plainNode } from '../inventory/empty.ts';
import { PLACES } from '../install/places.ts';
import type { NodeConfig } from '../node-config.ts';
import { reachOf } from '../reach.ts';
import type { FailureCause } from '../../core/snapshot.ts';

/** Where a node is reached, as far as it is known. */
interface At extends Partial<NodeConfig> {
  name: string;
  host: string | null;
  /** The program that sudo would have to allow. */
  runs?: string;
}

/** What to do about a node that gave no report: one command that only looks, or a sentence. */
export function adviceOn(cause: FailureCause, at: At): Next {
  return (ADVICE[cause] ?? lookClosely)(at);
}

function ping(at: At): Next {
  const { name, host, jump = null } = at;
  if (jump === null) return here`ping -c 3 ${host ?? name}`;
  // From here there may be no way to it.
  const from = typeof jump === 'string' ? jump : reachOf(jump);
  return from === null || /[,:[]/.test(from)
    ? lookClosely(at)
    : { on: 'here', command: `ssh ${from} ping -c 3 ${shellWord(host ?? name)}` };
}

const byHand = (): Next => ({ say: 'Make it there by hand: ward node report --json' });

const ADVICE: Partial<Record<FailureCause, (at: At) => Next>> = {
  dns: ({ name, host }) => here`getent hosts ${host ?? name}`,
  refused: ping,
  unreachable: ping,
  timeout: ping,
  'host-key-unknown': ({ name }) => ({ say: `Compare the fingerprint with its console, then: ward node trust ${name}` }),
  'host-key-changed': ({ name }) => ({ say: `Reinstalled? Compare with its console, then: ward node trust ${name}` }),
  sudo: ({ user, runs = '/usr/bin/node' }) => ({
    say: `Its rule is missing; the line for /etc/sudoers.d/wardround: ${user ?? 'USER'} ALL=(root) NOPASSWD: ${sudoCommand(runs)}`,
  }),
  'no-agent': ({ name }) => ({ say: `Its agent is missing. To see what an install would do: ward node install ${name} --dry-run` }),
  'agent-broken': byHand,
  truncated: byHand,
  'too-large': byHand,
  'not-a-report': byHand,
  version: () => ({ say: 'Update this ward: the node has a newer one.' }),
  replay: () => ({ say: 'Something answers in the place of its agent: look at its authorized_keys and at what lies on the way.' }),
};

/** Has ssh tell each of its steps. */
export function lookClosely({ name, host, port = null, user = null, identity_file = null, jump = null }: At): Next {
  const reach = reachOf({ ...plainNode(name, host ?? name), port, user, identity_file, jump });
  return { on: 'here', command: `ssh -v ${reach}` };
}

/** What sudo must allow, exactly: the arguments are held against a pattern (sudo 1.9.10 and newer), for a `*` would take more words. */
function sudoCommand(runs: string): string {
  if (runs.endsWith('/ward')) return `${runs} ^node report --json --frame [0-9a-f]{32}$`;
  if (runs.endsWith('/orama')) return `${runs} node report --json`;
  if (runs === PLACES.executable) return `${runs} ^report --json --frame [0-9a-f]{32}$`;
  return `${runs} ^/usr/local/lib/wardround/agent[.]cjs report --json --frame [0-9a-f]{32}$`;
}

/** The same as one line of text. */
export function adviceText(next: Next): string {
  return 'say' in next ? next.say : next.command;
}
