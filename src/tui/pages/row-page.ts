import { factLines } from './facts.ts';
import { alertLines, nextLines } from './alert-page.ts';
import type { Line } from '../../cli/render/line.ts';
import { cellText, type Entry, type List } from '../lists/list.ts';
import type { Frame, Look } from '../look.ts';

/** A row of a subsystem's table with nothing cut: each column with its title, then what is wrong with it. */
export function rowPage(look: Look, frame: Frame, { columns }: List, { cells, across, finding }: Entry): Line[][] {
  const values = columns.flatMap(({ title }, at): Line[] => {
    const cell = cells[at];
    return cell === undefined || at === 0 ? [] : factLines(frame, title.slice(0, 11), cellText(cell, frame.now_ms));
  });
  const said = across === undefined ? [] : factLines(frame, '', cellText(across, frame.now_ms));
  const wrong =
    finding === null
      ? []
      : [[...factLines(frame, 'Alert', finding.message, 'strong'), ...alertLines(look, frame, finding)], nextLines(look, frame, finding)];
  return [[...values, ...said], ...wrong].filter((part) => part.length > 0);
}
