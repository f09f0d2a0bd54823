import { AGENT } from '../agent.ts';
import { inside } from '../inside.ts';
import { LabError } from '../run.ts';
import type { LabHost } from '../state.ts';

/** Programs that one report may start beyond ward itself. */
const MOST = 3;

/** Where the agent keeps its counters between two reports. */
const SAMPLE = '/var/lib/wardround/sample.json';

/** Watches the host's first and second report start programs: neither may start many. */
export function checkExecutions(host: LabHost): void {
  inside(host, ['rm', '-f', SAMPLE]);
  for (const which of ['first', 'second']) {
    const started = startedPrograms(host);
    if (started.length > MOST)
      throw new LabError(
        `the ${which} report on ${host.name} starts ${started.length} programs, allowed are ${MOST}: ${started.join(', ')}`,
      );
  }
}

function startedPrograms(host: LabHost): string[] {
  const trace = '/run/lab-executions';
  inside(host, ['strace', '-f', '-qq', '-e', 'trace=execve', '-o', trace, 'node', AGENT, 'report', '--json'], { limit_s: 30 });
  const calls = inside(host, ['cat', trace]).split('\n');
  inside(host, ['rm', '-f', trace]);
  const [own, ...others] = calls.flatMap((line) => /execve\("([^"]*)".* = 0$/.exec(line)?.[1] ?? []);
  if (own === undefined) throw new LabError(`strace on ${host.name} saw not even the report itself start`);
  return others;
}
