import type { Io } from '../../src/cli/io.ts';

/** A process that nobody listens to. */
export const quiet: Io = {
  ...{ print: () => Promise.resolve(), page: () => Promise.resolve(), say: () => undefined, hold: () => undefined, held: () => '' },
  ...{
    stdin: { isTTY: false },
    stdout: { isTTY: false, columns: undefined },
    stderr: { isTTY: false, columns: undefined },
    env: {},
    cwd: '/',
    live: () => Promise.reject(new Error('nobody looks on')),
    signal: new AbortController().signal,
  },
};
