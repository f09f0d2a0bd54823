import { awaitDatabases, killDatabase, makeLeader, raftState, reviveDatabase } from '../../cluster/database.ts';
import type { Fault } from '../../faults.ts';
import { until } from '../../run.ts';
import { theLab } from '../../state.ts';

/** The database that leads is gone; the others have chosen another one. */
export const fault: Fault = {
  about: 'The database that led was killed and stays down; the others have chosen a new leader.',
  host: 'ns1',
  needs: 'cluster',
  joined: true,
  async break(host) {
    const { hosts } = theLab();
    await makeLeader(host, hosts);
    await killDatabase(host);
    const others = hosts.filter(({ name }) => name !== host.name);
    await until('another database leads', 40, () => others.some((each) => raftState(each) === 'Leader'));
    await awaitDatabases(others);
  },
  async mend(host) {
    reviveDatabase(host);
    await awaitDatabases(theLab().hosts);
  },
};
