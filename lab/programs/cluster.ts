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
