import type { Asked } from '../../core/section.ts';
import { absent, type Unknown, unparsed } from '../../core/unknown.ts';
import type { MdArray } from './section.ts';

/** The arrays in /proc/mdstat (md(4)): a line `NAME : STATE LEVEL MEMBERS`, under it `[total/up]` and what runs. */
export function mdArrays(text: string): Asked<MdArray>[] {
  if (!/^Personalities :/m.test(text)) throw unparsed('no line Personalities');
  const blocks = text.split(/\n(?=\S)/).filter((block) => !/^(Personalities|unused devices)/.test(block) && block.trim() !== '');
  return blocks.map(mdArray);
}

const HEAD = /^(\S+) : (active|inactive|broken)((?: \([a-z-]+\))*)(?: ((?:raid|linear|multipath|faulty|container)\w*))?/;

function mdArray(block: string): Asked<MdArray> {
  const [, name, active, marks = '', level] = HEAD.exec(block) ?? [];
  if (name === undefined || active === undefined) throw unparsed('a block is no array');
  const [, total, up] = /\[(\d+)\/(\d+)\]/.exec(block) ?? [];
  // Firmware RAID: the container of the real arrays, inactive by design.
  const isContainer = / super external:[a-z]/.test(block);
  const done = /\b(?:recovery|resync|reshape) *= *(\d+\.\d+)%/.exec(block)?.[1];
  return {
    name,
    level: level ?? absent('an inactive array tells no level'),
    state: active + marks,
    disks_total: counted(total),
    disks_up: counted(up),
    degraded: active === 'active' ? Number(up) < Number(total) : !isContainer,
    recovery_pct: done === undefined ? absent('none runs') : Number(done),
  };
}

function counted(digits: string | undefined): number | Unknown {
  return digits === undefined ? absent('an array without redundancy, or inactive, tells none') : Number(digits);
}
