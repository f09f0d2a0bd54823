/** Does the work for each item, never more than `at_once` of them at a time, and gives the results in the items' order. */
export async function inTurn<T, R>(items: readonly T[], at_once: number, work: (item: T, at: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const at = next;
      next += 1;
      results[at] = await work(items[at] as T, at);
    }
  };
  await Promise.all(Array.from({ length: Math.min(Math.max(1, at_once), items.length) }, worker));
  return results;
}
