/**
 * Loads what is needed only when answers come, once the questions of this turn are out: while they are on their way nothing else is to be done.
 * Whoever awaits it gets what loading failed with, and nobody else.
 */
export function meanwhile<T>(load: () => Promise<T>): Promise<T> {
  const loaded = new Promise<void>((resolve) => setImmediate(resolve)).then(load);
  loaded.catch(() => undefined);
  return loaded;
}
