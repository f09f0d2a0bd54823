import { REPO } from '../../cluster/kubo.ts';
import type { Fault } from '../../faults.ts';
import { askedInside, inside } from '../../inside.ts';

const KEY = `${REPO}/swarm.key`;

/** Kubo goes on with the key that it has read. */
export const fault: Fault = {
  about: "The key of the private swarm is gone from Kubo's repository; Kubo goes on until its next start.",
  host: 'ns1',
  needs: 'all',
  break(host) {
    inside(host, ['mv', KEY, `${KEY}.away`]);
  },
  mend(host) {
    askedInside(host, ['mv', `${KEY}.away`, KEY]);
  },
};
