/** The names of the packages whose modules went into these chunks. */
export function packagesIn(chunks: readonly { moduleIds?: readonly string[] }[]): string[] {
  const names = chunks
    .flatMap(({ moduleIds = [] }) => moduleIds)
    .flatMap((id) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? []);
  return [...new Set(names)];
}
