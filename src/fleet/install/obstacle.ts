import { sizeInWords } from '../../core/units.ts';
import type { AgentFile } from './agent-file.ts';
import type { HostFacts } from './host.ts';
import { PLACES, USER } from './places.ts';

/** Why the agent cannot be put on this node, found before anything was changed there; null where nothing stands against it. */
export function obstacleTo(host: HostFacts, agent: AgentFile): string | null {
  for (const find of OBSTACLES) {
    const obstacle = find(host, agent);
    if (obstacle !== null) return obstacle;
  }
  return null;
}

/** Beside the agent, for what else is written. */
const SPARE_BYTES = 1024 * 1024;

const OBSTACLES: readonly ((host: HostFacts, agent: AgentFile) => string | null)[] = [
  ({ kernel }) => (kernel === 'Linux' ? null : `it runs ${kernel}, and the agent is for Linux`),
  ({ readonly }) => (readonly ? `${PLACES.folder} cannot be written: its file system is mounted read-only` : null),
  ({ noexec }, { kind }) =>
    noexec && kind === 'executable'
      ? `${PLACES.folder} lies on a file system that runs no programs (noexec), and there is no Node.js to read the agent; install Node.js 20 or newer there`
      : null,
  ({ free_kb }, { bytes }) =>
    free_kb !== null && free_kb * 1024 < bytes + SPARE_BYTES
      ? `${PLACES.folder} has room for ${sizeInWords(free_kb * 1024)}, and the agent needs ${sizeInWords(bytes)}`
      : null,
  (host) => {
    const lacking = NEEDED.filter(({ there }) => !there(host)).map(({ says }) => says);
    return lacking.length === 0 ? null : `it has no ${lacking.join(', and no ')}`;
  },
  ({ user }) => (user?.uid === 0 ? `its user ${USER} is root by another name` : null),
];

const NEEDED: readonly { says: string; there(host: HostFacts): boolean }[] = [
  { says: 'sha256sum, by which what arrives is checked', there: ({ tools }) => tools.has('sha256sum') || tools.has('openssl') },
  { says: 'sudo, by which the agent gets to read what only root may', there: ({ tools }) => tools.has('sudo') },
  { says: 'visudo, by which its rule for sudo is checked', there: ({ tools }) => tools.has('visudo') || !tools.has('sudo') },
  { says: 'useradd, by which its user is made', there: ({ tools, user }) => user !== null || tools.has('useradd') || tools.has('adduser') },
];
