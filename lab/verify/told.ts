import { run } from '../run.ts';
import { sshWords } from '../ssh.ts';
import type { LabHost } from '../state.ts';

/** How long the host may take for all commands together. */
const LIMIT_S = 40;

/** Puts commands to a host's shell, all in one login, and gives each one's output. */
export function told(host: LabHost, commands: readonly string[]): ReadonlyMap<string, string> {
  const mark = `--${crypto.randomUUID()}--`;
  const script = commands.map((command) => `( ${command}\n) </dev/null 2>/dev/null; echo '${mark}'\n`).join('');
  const outputs = run(sshWords(host, ['sh', '-s'], ['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=5']), {
    input: script,
    limit_s: LIMIT_S,
  }).split(`${mark}\n`);
  return new Map(commands.map((command, at) => [command, outputs[at] ?? '']));
}
