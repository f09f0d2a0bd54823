import { EXIT, Refusal } from '../../core/refusal.ts';

/** Ends the command for a file that is wrong: what, where, and what to do. */
export function wrong(where: string, message: string, next = 'Mend it, then: ward config check'): Refusal {
  return new Refusal(EXIT.configuration, message, { where, next });
}
