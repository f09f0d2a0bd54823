import type { Line } from '../../cli/render/line.ts';
import type { Entry } from '../lists/list.ts';
import type { Frame, Look } from '../look.ts';
import { alertBrief } from '../pages/alert-page.ts';
import { nodeBrief } from '../pages/node-page.ts';
import { ruleLine } from './rule-line.ts';

/** What a preview is drawn from. */
interface Previewed {
  look: Look;
  frame: Frame;
  selected: Entry | null;
}

/** The selected entry in some rows: evidence of an alert, what is wrong on a node and its figures; empty where there is nothing more to say. */
export function previewLines({ look, frame, selected }: Previewed, height: number): Line[] {
  if (selected === null || height < 3) return [];
  const { finding, node } = selected;
  const isNode = selected.key.startsWith('node\0');
  const lines = isNode && node !== null ? nodeBrief(look, frame, node) : finding === null ? [] : alertBrief(look, frame, finding);
  if (lines.length === 0) return [];
  const title = isNode ? (node ?? '') : finding === null ? '' : `${finding.node}: ${finding.message}`;
  return [ruleLine(frame, title), ...lines.slice(0, height - 1)];
}
