import { printableJson } from '../core/clean.ts';

/** JSON as commands print it: indented for people where there are few lines, safe to print, with a newline at its end. */
export function visibleJson(value: unknown): string {
  return `${printableJson(value, 2)}\n`;
}
