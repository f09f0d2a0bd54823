import { type ListingGiven, formOf } from './args/listing-options.ts';
import { visibleJson } from './visible-json.ts';
import type { Io } from './io.ts';
import { type Terminal, terminalOf } from './render/terminal.ts';

/** Prints what a command lists in the form that is asked for: an object for programs, or a page for people. */
export async function printListing(io: Io, given: ListingGiven, value: object, page: (terminal: Terminal) => string): Promise<void> {
  const form = formOf(given);
  if (form === 'json') return io.print(visibleJson(value));
  if (form === 'yaml') return io.print((await import('./yaml-text.ts')).yamlText(value));
  const terminal = terminalOf(io.stdout, io.env);
  return io.page(page(form === 'wide' ? { ...terminal, width: null } : terminal));
}
