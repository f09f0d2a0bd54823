import { SOUND_DAYS, writeCertificate } from '../../host-files/web-server.ts';
import { rootOf } from '../../hosts.ts';
import type { Fault } from '../../faults.ts';
import { inside } from '../../inside.ts';
import { awaitWeb } from '../../ready.ts';
import type { LabHost } from '../../state.ts';

/** Fewer than a person has to be told of, and more than are critical. */
const FEW_DAYS = 10;

/** The web server presents a certificate that nobody renewed. */
export const fault: Fault = {
  about: `The certificate that Caddy presents has ${FEW_DAYS} days left.`,
  host: 'ns3',
  break: (host) => present(host, FEW_DAYS),
  mend: (host) => present(host, SOUND_DAYS),
};

async function present(host: LabHost, days_left: number): Promise<void> {
  writeCertificate(rootOf(host), days_left);
  inside(host, ['systemctl', 'restart', 'caddy']);
  await awaitWeb(host);
}
