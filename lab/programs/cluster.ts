import { run } from '../run.ts';
import type { Source } from './built.ts';

/** The database: SQLite in C takes its time. */
export const RQLITE: Source = {
  name: 'rqlited',
  module: 'github.com/rqlite/rqlite/v8',
  version: 'v8.36.0',
  folder: './cmd/rqlited',
  limit_s: 1200,
};

/** The cache between the hosts. */
export const OLRIC: Source = {
  name: 'olric-server',
  module: 'github.com/olric-data/olric',
  version: 'v0.7.3',
  folder: './cmd/olric-server',
  limit_s: 600,
};

/** Files by their content; the one library that it pins refuses newer Go. */
export const KUBO: Source = {
  name: 'ipfs',
  module: 'github.com/ipfs/kubo',
  version: 'v0.39.0',
  folder: './cmd/ipfs',
  limit_s: 1200,
  prepare: (go, copy) => void run([go, 'get', 'github.com/cockroachdb/swiss@latest'], { cwd: copy, limit_s: 300 }),
};

/** Which files are kept on which hosts. */
export const IPFS_CLUSTER: Source = {
  name: 'ipfs-cluster-service',
  module: 'github.com/ipfs-cluster/ipfs-cluster',
  version: 'v1.1.0',
  folder: './cmd/ipfs-cluster-service',
  limit_s: 900,
};
