import { copyFileSync, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { AGENT, putBuiltAgent } from '../../agent.ts';
import { putUnder } from '../../host-files/put.ts';
import { rootOf } from '../../hosts.ts';
import type { Fault } from '../../faults.ts';

/** Where the agent itself lies meanwhile. */
const AGENT_ITSELF = AGENT.replace('agent.cjs', 'agent-itself.cjs');

/** Behind, and by less than a handshake lasts, so that nothing else looks old. */
const SHIFT_S = -90;

/** The report is made by a clock that is wrong; the machine's own clock is never touched. */
export const fault: Fault = {
  about: `The clock by which the host makes its report is ${-SHIFT_S} s behind.`,
  host: 'ns2',
  break(host) {
    const [agent, itself] = [AGENT, AGENT_ITSELF].map((path) => join(rootOf(host), path)) as [string, string];
    if (!existsSync(itself)) copyFileSync(agent, itself);
    putUnder(rootOf(host))(AGENT, WRAPPER);
  },
  mend(host) {
    const itself = join(rootOf(host), AGENT_ITSELF);
    if (existsSync(itself)) renameSync(itself, join(rootOf(host), AGENT));
    else putBuiltAgent(host);
  },
};

const WRAPPER = `const { spawnSync } = require('node:child_process');
const clock = { LD_PRELOAD: '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1', FAKETIME: '${SHIFT_S}', DONT_FAKE_MONOTONIC: '1', FAKETIME_NO_CACHE: '1' };
const words = ['${AGENT_ITSELF}', ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, words, { stdio: 'inherit', env: { ...process.env, ...clock } }).status ?? 1;
`;
