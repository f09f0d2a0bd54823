/** What a folder of src may import: other folders of src, and packages by name (`*` for all). Node's own modules need `node`. */
export interface Leave {
  folders: readonly string[];
  packages: readonly string[];
  node: boolean;
}

/**
 * Who may import whom, in the order of dependence. A folder may always import itself; a `main.ts` puts parts together and may import all.
 * The agent ships without packages, so nothing that it is made of may import one.
 */
export const MAY: Readonly<Record<string, Leave>> = {
  core: { folders: [], packages: [], node: false },
  subsystems: { folders: ['core'], packages: [], node: false },
  hosts: { folders: ['core'], packages: [], node: true },
  agent: { folders: ['core', 'subsystems', 'hosts'], packages: [], node: true },
  fleet: { folders: ['core', 'subsystems', 'hosts', 'agent'], packages: ['*'], node: true },
  inspect: { folders: ['core', 'subsystems', 'hosts', 'fleet'], packages: [], node: true },
  cli: { folders: ['core', 'subsystems', 'hosts', 'agent', 'fleet', 'inspect'], packages: ['*'], node: true },
  tui: { folders: ['core', 'subsystems', 'hosts', 'agent', 'fleet', 'cli'], packages: ['*'], node: true },
};

/** The one package that a subsystem may import, and the one file of its folder that may. */
export const SECTION = { file: 'section.ts', package: 'zod/mini' };
