import { awaitDatabases, makeLeader, signalDatabase } from '../../cluster/database.ts';
import type { Fault } from '../../faults.ts';
import { theLab } from '../../state.ts';

/** A database that follows takes connections and never says a word. */
export const fault: Fault = {
  about: 'A database that follows is stopped: it takes connections and never answers.',
  host: 'ns3',
  needs: 'cluster',
  joined: true,
  async break(host) {
    const { hosts } = theLab();
    const [first] = hosts;
    if (first !== undefined) await makeLeader(first, hosts);
    signalDatabase(host, 'STOP');
  },
  async mend(host) {
    signalDatabase(host, 'CONT');
    await awaitDatabases(theLab().hosts);
  },
};
