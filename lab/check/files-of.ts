import { inside } from '../inside.ts';
import type { LabHost } from '../state.ts';

/** What a running system writes by itself is not looked at. */
const ITS_OWN = [
  '/proc/*',
  '/run/*',
  '/tmp/*',
  '/dev/*',
  '/sys/*',
  '/srv/*',
  '/var/log/*',
  '/var/lib/systemd/*',
  '/var/lib/private/*',
  '/var/lib/caddy/*',
  '/root/.cache*',
];

/** Every file of the host with mode, owner and kind. */
export function filesOf(host: LabHost): string[] {
  const others = ITS_OWN.flatMap((path) => ['-not', '-path', path]);
  return inside(host, ['find', '/', '-xdev', ...others, '-printf', '%p %m %u %g %y\n']).split('\n');
}
