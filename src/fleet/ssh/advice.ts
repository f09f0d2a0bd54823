import { here } from '../../core/command.ts';
import type { Next } from '../../core/rule.ts';
import { PLACES } from '../install/places.ts';
import type { FailureCause } from '../../core/snapshot.ts';

/** Where a node is reached, as far as advice must know it. */
interface At {
  name: string;
  host: string | null;
  user?: string | null;
  port?: number | null;
  /** The program that sudo would have to allow. */
  runs?: string;
}

/** What to do about a node that gave no report: one command that only looks, or a sentence. */
export function adviceOn(cause: FailureCause, { name, host, user, port, runs }: At): Next {
  const to = host ?? name;
  switch (cause) {
    case 'dns':
      return here`getent hosts ${to}`;
    case 'refused':
    case 'unreachable':
    case 'timeout':
      return here`ping -c 3 ${to}`;
    case 'host-key-unknown':
      return { say: `Compare the fingerprint with its console, then: ward node trust ${name}` };
    case 'host-key-changed':
      return { say: `Reinstalled? Compare with its console, then: ward node trust ${name}` };
    case 'sudo':
      return { say: `Its rule is missing; the line for /etc/sudoers.d/wardround: ${user ?? 'USER'} ALL=(root) NOPASSWD: ${sudoCommand(runs ?? '/usr/bin/node')}` };
    case 'no-agent':
      return { say: `Its agent is missing. To see what an install would do: ward node install ${name} --dry-run` };
    case 'agent-broken':
    case 'truncated':
    case 'too-large':
    case 'not-a-report':
      return { say: `Make it there by hand: ${runs?.endsWith('/orama') === true ? 'sudo orama' : 'ward'} node report --json` };
    case 'version':
      return { say: 'Update this ward: the node has a newer one.' };
    case 'replay':
      return { say: 'Something answers in the place of its agent: look at its authorized_keys and at what lies on the way.' };
    default:
      return port === null || port === undefined ? here`ssh -v ${login(user, to)}` : here`ssh -v -p ${port} ${login(user, to)}`;
  }
}

/** What sudo must allow, exactly: the arguments are held against a pattern (sudo 1.9.10 and newer), for a `*` would take more words. */
function sudoCommand(runs: string): string {
  if (runs.endsWith('/ward')) return `${runs} ^node report --json --frame [0-9a-f]{32}$`;
  if (runs.endsWith('/orama')) return `${runs} node report --json`;
  if (runs === PLACES.executable) return `${runs} ^report --json --frame [0-9a-f]{32}$`;
  return `${runs} ^/usr/local/lib/wardround/agent[.]cjs report --json --frame [0-9a-f]{32}$`;
}

function login(user: string | null | undefined, host: string): string {
  return user === null || user === undefined ? host : `${user}@${host}`;
}

/** The same as one line of text. */
export function adviceText(next: Next): string {
  return 'say' in next ? next.say : next.command;
}
