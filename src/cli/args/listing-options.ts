import type { Command } from 'commander';
import type { Form } from '../monitor/wants.ts';
import { choice } from './command.ts';

/** How a list is wanted, as it is given. */
export interface ListingGiven {
  json?: true | undefined;
  output?: Form | undefined;
}

const FORMS: readonly Form[] = ['table', 'wide', 'json', 'yaml'];

/** The options by which every list takes its form. */
export function listingOptions(one: Command): Command {
  return one.option('--json', 'JSON; the same as -o json').addOption(choice('-o, --output <form>', 'form of the answer', FORMS));
}

/** The form that these ask for. */
export function formOf({ json, output }: ListingGiven): Form {
  return json === true ? 'json' : (output ?? 'table');
}
