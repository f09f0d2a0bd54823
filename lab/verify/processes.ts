import { type Figure, number } from './figure.ts';

/** Processes, as ps and journalctl tell them. */
export const PROCESSES: readonly Figure[] = [
  // Those that ask are processes too.
  { path: 'processes.total', command: 'ps -e --no-headers | wc -l', read: number, within: 8 },
  { path: 'processes.zombie_count', command: 'ps -e -o stat= | grep -c ^Z', read: number },
  {
    path: 'processes.panic_count',
    command: "journalctl -q -o cat --since -1h -u shop-api -u shop-worker | grep -cE 'panic|fatal error'",
    read: number,
  },
];
