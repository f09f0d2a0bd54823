import { spawnSync } from 'node:child_process';
import { BUILT_AGENT, putAgent } from './agent.ts';
import { check, checkLiveAlone } from './check/check.ts';
import { down } from './down.ts';
import { breakFault, listFaults, mendFault } from './faults.ts';
import { kindIn } from './kind.ts';
import { alone } from './lock.ts';
import { LabError } from './run.ts';
import { sshWords } from './ssh.ts';
import { hostNamed, theLab } from './state.ts';
import { showStatus } from './status.ts';
import { up } from './up.ts';
import { verify } from './verify/verify.ts';

const USAGE = `Real hosts on this machine, to hold ward against.

  npm run lab -- up [N] [--cluster]   bring up N healthy hosts ns1 to nsN (3); again is harmless. --cluster makes them
                                      a cluster with databases, caches and containers; --all adds IPFS, namespaces,
                                      gateways and a relay
  npm run lab -- down                 end them and remove all of the lab but its caches
  npm run lab -- status               which hosts there are, and which faults hold
  npm run lab -- list                 which faults there are
  npm run lab -- break FAULT [HOST]   make something wrong, and wait until it is
  npm run lab -- mend FAULT [HOST]    make it right again, and wait until it is
  npm run lab -- agent [FILE]         put an agent on every host (dist/agent.cjs)
  npm run lab -- verify [WORDS …]     hold reports, made by WORDS on each host, against what the host's own programs say
  npm run lab -- live                 press every key of the live screen over the hosts that are up
  npm run lab -- check [--cluster] [--keep]   all of it, as CI does: up, every command, verify, every fault, down
  npm run lab -- ssh HOST [WORDS …]   log in as root
`;

/** Gives its exit code, or nothing for 0. */
type Command = (...words: string[]) => unknown;

const COMMANDS: Readonly<Record<string, Command>> = {
  up: (...words) => alone(() => up(hostCount(words.find((word) => !word.startsWith('--')) ?? '3'), kindIn(words))),
  down: () => alone(down),
  status: () => (showStatus() ? 0 : 1),
  list: listFaults,
  break: (fault = '', host) => alone(() => breakFault(fault, host)),
  mend: (fault = '', host) => alone(() => mendFault(fault, host)),
  agent: (file = BUILT_AGENT) => putAgents(file),
  verify: (...words) => (verify(words) ? 0 : 1),
  check: async (...words) => ((await alone(() => check({ kind: kindIn(words), keep: words.includes('--keep') }))) ? 0 : 1),
  live: async () => ((await alone(checkLiveAlone)) ? 0 : 1),
  ssh: (host = '', ...words) => {
    const [program, ...rest] = sshWords(hostNamed(host), words);
    return spawnSync(program, rest, { stdio: 'inherit' }).status ?? 1;
  },
};

function putAgents(file: string): void {
  for (const host of theLab().hosts) putAgent(host, file);
}

function hostCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 50) throw new LabError(`up takes a number of hosts from 1 to 50, not ${text}`);
  return count;
}

const [name = '', ...words] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
if (command === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  try {
    const exit = await command(...words);
    process.exitCode = typeof exit === 'number' ? exit : 0;
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    process.stderr.write(`lab: ${error.message}\n`);
    process.exitCode = 1;
  }
}
