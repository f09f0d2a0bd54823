import { printableJson, visible } from '../core/clean.ts';
import { EXIT, Refusal } from '../core/refusal.ts';
import { BrokenPipe } from './output.ts';

/** How a command that threw ends: its exit code, and what is said on standard error. */
export interface Ending {
  exit: number;
  text: string;
}

/** A Refusal is said in two lines, or as one JSON object; anything else is our own fault, said in one without its innards. */
export function endingOf(error: unknown, { json, debug }: { json: boolean; debug: boolean }): Ending {
  if (error instanceof BrokenPipe) return { exit: EXIT.fine, text: '' };
  const refusal = error instanceof Refusal ? error : fault(error);
  const { exit, message, where, next } = refusal;
  const trace = debug && error instanceof Error ? `${error.stack ?? ''}\n` : '';
  if (json) return { exit, text: `${printableJson({ error: message, exit, where, next })}\n${trace}` };
  const place = where === '' ? '' : `${visible(where)}: `;
  return { exit, text: `ward: ${place}${visible(message)}\n${next === '' ? '' : `      ${visible(next)}\n`}${trace}` };
}

function fault(error: unknown): Refusal {
  const said = error instanceof Error ? error.message : String(error);
  return new Refusal(EXIT.bug, `fault in ward: ${said.split('\n')[0] ?? ''}`, {
    next: 'With WARD_DEBUG=1 it says where; that helps whoever mends it.',
  });
}
