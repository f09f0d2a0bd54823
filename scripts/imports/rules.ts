import type { Import } from './imports-of.ts';
import { MAY, SECTION } from './table.ts';

/** A rule of who may import whom. Its comment tells the offender what to do. */
export interface ImportRule {
  name: string;
  comment: string;
  forbids(one: Import): boolean;
}

const folderOf = (path: string): string | null => /^src\/([^/]+)\//.exec(path)?.[1] ?? null;
const subsystemOf = (path: string): string | null => /^src\/subsystems\/([^/]+)\//.exec(path)?.[1] ?? null;
const isMain = (path: string): boolean => /^src\/[^/]+\/main\.ts$/.test(path);
const isNode = (to: string): boolean => to.startsWith('node:');
const isPackage = (to: string): boolean => !isNode(to) && !/^(src|test|lab|bench|scripts|dist|bin)\//.test(to);
const leaveOf = (path: string) => MAY[folderOf(path) ?? ''];

/** Where a file of src may not stand. */
export const EVERY_FOLDER = {
  name: 'every-folder-is-in-the-table',
  comment:
    'Put the file into a folder that exists; a new folder of src needs a row in scripts/imports/table.ts that says whom it may import.',
  forbids: (file: string): boolean => file.startsWith('src/') && leaveOf(file) === undefined,
};

/** All rules on single imports. Cycles are oxlint's (import/no-cycle), files that nobody imports are knip's. */
export const RULES: readonly ImportRule[] = [
  {
    name: 'imports-point-one-way',
    comment: 'Move what both need into a folder that both may import (scripts/imports/table.ts), or hand it over as an argument.',
    forbids({ from, to }) {
      const [own, other] = [folderOf(from), folderOf(to)];
      if (own === null || isPackage(to) || isNode(to)) return false;
      if (other === null) return true;
      return own !== other && !isMain(from) && !(leaveOf(from)?.folders.includes(other) ?? true);
    },
  },
  {
    name: 'subsystems-stand-alone',
    comment: 'A subsystem must build when any other is deleted: move what two of them need to src/core.',
    forbids: ({ from, to }) => subsystemOf(from) !== null && to.startsWith('src/subsystems/') && subsystemOf(from) !== subsystemOf(to),
  },
  {
    name: 'subsystems-ask-the-host',
    comment:
      'Collectors and rules do no input or output of their own: ask the Host (src/core/host.ts), so that a recording can stand in for a machine.',
    forbids: ({ from, to }) => isNode(to) && leaveOf(from)?.node === false,
  },
  {
    name: 'the-agent-ships-bare',
    comment: `What the agent is made of imports no package: write the few lines, or do it in src/fleet or src/cli. Only ${SECTION.file} of a subsystem may import ${SECTION.package}.`,
    forbids({ from, to }) {
      const leave = leaveOf(from);
      if (!isPackage(to) || leave === undefined || leave.packages.includes('*')) return false;
      return !(subsystemOf(from) !== null && from.endsWith(`/${SECTION.file}`) && to === SECTION.package);
    },
  },
  {
    name: 'the-lab-measures-apart',
    comment: 'The lab holds ward against other programs: it must not use the code that it judges.',
    forbids: ({ from, to }) => from.startsWith('lab/') && to.startsWith('src/'),
  },
];
