import { isRunning } from './inside.ts';
import { readState } from './state.ts';

/** Says which hosts there are and which faults hold; gives whether all hosts run. */
export function showStatus(): boolean {
  const lab = readState();
  if (lab === null) {
    process.stdout.write('No lab is up; start one with: npm run lab -- up 3\n');
    return false;
  }
  const lines = lab.hosts.map((host) => {
    const faults = lab.broken.filter(({ host: name }) => name === host.name).map(({ fault }) => fault);
    const state = isRunning(host) ? 'running' : 'not running';
    return `${host.name}  ${host.address}  ${host.mesh_address}  ${host.role.padEnd(10)}  ${state}${faults.length === 0 ? '' : `, broken: ${faults.join(', ')}`}`;
  });
  process.stdout.write(`${lines.join('\n')}\n`);
  return lab.hosts.every(isRunning);
}
