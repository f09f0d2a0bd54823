import { awaitDatabases, killDatabase, raftState, reviveDatabase } from '../../cluster/database.ts';
import type { Fault } from '../../faults.ts';
import { until } from '../../run.ts';
import { theLab } from '../../state.ts';

/** Of the databases only the one of this host is left. */
export const fault: Fault = {
  about: 'The databases of all other hosts were killed and stay down: the one here asks for votes and gets none.',
  host: 'ns1',
  needs: 'cluster',
  joined: true,
  async break(host) {
    for (const other of theLab().hosts.filter(({ name }) => name !== host.name)) await killDatabase(other);
    await until(`the database of ${host.name} asks for votes`, 40, () => raftState(host) === 'Candidate');
  },
  async mend() {
    const { hosts } = theLab();
    for (const host of hosts) reviveDatabase(host);
    await awaitDatabases(hosts);
  },
};
