import { createServer } from 'node:net';
import { reportOf } from '../src/agent/report.ts';
import type { Host } from '../src/core/host.ts';
import { type Endpoint, PROFILES } from '../src/core/profile.ts';
import { localHost } from '../src/hosts/local.ts';
import { steadyMs } from '../src/hosts/steady-ms.ts';

// One report of this machine with a port that lets in and never answers; prints how long the collecting and its slowest question took.
const server = createServer(() => undefined);
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const at = server.address();
const url = `http://127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}/`;

let slowest_ms = 0;
const local = localHost();
const timed: Host = {
  async ask(kind, question) {
    const begun_ms = steadyMs();
    const answer = await local.ask(kind, question);
    slowest_ms = Math.max(slowest_ms, steadyMs() - begun_ms);
    return answer;
  },
};
const endpoint: Endpoint = {
  name: 'hung',
  kind: 'http',
  target: url,
  status: null,
  contains: '',
  slow_ms: 1_000,
  server: '',
  type: 'A',
  least_days: 0,
};
const profile = { ...PROFILES.default, checks: { endpoints: [endpoint] } };
const { report } = await reportOf(timed, { profile, problems: [] }, null, null);
process.stdout.write(JSON.stringify({ collect_ms: report.collect_ms, slowest_ms }));
process.exit(0);
