import type { NodeConfig } from '../../fleet/node-config.ts';

/** A word that may stand at the cursor, with what it is. `:files` and `:folders` stand for what the shell knows better. */
export interface Candidate {
  word: string;
  about: string;
}

/** Where the person types. */
export interface Where {
  cwd: string;
  env: NodeJS.ProcessEnv;
  home: string;
}

type Given = ReadonlyMap<string, readonly string[]>;
type Source = (given: Given, where: Where) => Promise<Candidate[]>;

/** What options and arguments of these names take. */
const SOURCES: Readonly<Record<string, Source>> = {
  env: async (given, where) => counted(await nodesOf(given, where), ({ environment }) => (environment === null ? [] : [environment])),
  node: async (given, where) => named(given, where),
  hosts: async (given, where) => named(given, where),
  tag: async (given, where) => counted(await nodesHere(given, where), ({ tags }) => tags),
  role: async (given, where) => counted(await nodesHere(given, where), ({ role }) => [role]),
  ssh: async (_given, { home }) => {
    const { sshInventory } = await import('../../fleet/inventory/ssh-config.ts');
    return sshInventory(['*'], home).nodes.map(({ name }) => ({ word: name, about: '' }));
  },
  view: async () => (await (await import('../monitor/views/view-named.ts')).viewNames()).map((word) => ({ word, about: '' })),
  subsystem: subsystems,
  only: subsystems,
};

/** The words that an option or argument of this name takes; none where nobody knows them. */
export async function valuesNamed(name: string, given: Given, where: Where): Promise<Candidate[]> {
  return (await SOURCES[name]?.(given, where)) ?? [];
}

async function subsystems(): Promise<Candidate[]> {
  const { SUBSYSTEMS } = await import('../../subsystems/all.gen.ts');
  return SUBSYSTEMS.map(({ name, title }) => ({ word: name, about: title }));
}

/** The nodes of the inventory that the line names. */
async function nodesOf(given: Given, where: Where): Promise<readonly NodeConfig[]> {
  const { loadInventory } = await import('../../fleet/inventory.ts');
  return (await loadInventory({ config: given.get('config')?.at(-1) ?? null, ssh: given.get('ssh') ?? [], ...where })).nodes;
}

/** Those of the environment that the line names, of all where it names none. */
async function nodesHere(given: Given, where: Where): Promise<readonly NodeConfig[]> {
  const environment = given.get('env')?.at(-1);
  const nodes = await nodesOf(given, where);
  return environment === undefined ? nodes : nodes.filter((node) => node.environment === environment);
}

async function named(given: Given, where: Where): Promise<Candidate[]> {
  const nodes = await nodesHere(given, where);
  return nodes.map(({ name, role, host }) => ({ word: name, about: [role, host ?? 'this machine'].join(', ') }));
}

/** Each word once, with how many nodes have it. */
function counted(nodes: readonly NodeConfig[], wordsOf: (node: NodeConfig) => readonly string[]): Candidate[] {
  const by = new Map<string, number>();
  for (const word of nodes.flatMap(wordsOf)) by.set(word, (by.get(word) ?? 0) + 1);
  return [...by].map(([word, number]) => ({ word, about: number === 1 ? '1 node' : `${number} nodes` }));
}
