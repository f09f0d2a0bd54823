import { gap, type Ink, type Line, own, span } from '../../cli/render/line.ts';
import { wrapped } from '../../cli/render/wrap.ts';
import type { Frame } from '../look.ts';

/** Where values of a page begin, as in every list. */
const VALUE_AT = 14;

/** `Asked       TCP connect to …`: a label and its value, wrapped under its beginning; nothing for an empty value. */
export function factLines({ terminal, columns }: Frame, label: string, text: string, ink: Ink = 'plain'): Line[] {
  if (text === '') return [];
  const parts = wrapped(span(terminal, text).text, Math.max(20, columns - VALUE_AT - 2));
  return parts.map((part, at): Line => [gap(2), own((at === 0 ? label : '').padEnd(VALUE_AT - 2), 'muted'), own(part, ink)]);
}

/** Log lines with their gutter: what a machine wrote is never coloured by its content. */
export function logLines({ terminal }: Frame, log: readonly string[]): Line[] {
  return log.map((text): Line => [gap(4), own(terminal.ascii ? '| ' : '│ ', 'faint'), span(terminal, text)]);
}
