import { visible } from '../core/clean.ts';
import type { Step } from '../cli/render/finding-lines.ts';

/** What is written to put the command into the clipboard of the person's own terminal, and what is said of it. */
export function copied(step: Step | null): { text: string; said: string } {
  if (step === null || !step.command) return { text: '', said: 'There is no command to copy here.' };
  if (visible(step.text) !== step.text) return { text: '', said: 'The command holds signs that cannot be seen, so it is not copied.' };
  return { text: `\x1b]52;c;${Buffer.from(step.text).toString('base64')}\x07`, said: `Copied, if the terminal allows it: ${step.text}` };
}
