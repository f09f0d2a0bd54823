import { EXIT, Refusal } from '../core/refusal.ts';

/** Whoever read our output has heard enough: no error. */
export class BrokenPipe extends Error {}

/** Writes all of the text to standard output. A closed pipe is a BrokenPipe, a full disk a Refusal. */
export function printed(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(outputFailure(error)) : resolve()));
  });
}

function outputFailure({ code, message }: NodeJS.ErrnoException): Error {
  if (code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED') return new BrokenPipe();
  const why = code === 'ENOSPC' ? 'no space is left where it goes' : message;
  return new Refusal(EXIT.storage, `the output could not be written: ${why}`, {
    where: 'standard output',
    next: 'Free some space there, or send the output elsewhere.',
  });
}

/** Errors of the streams come back through their writes; without a listener they would end the process with a stack trace. */
export function muteStreamErrors(): void {
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
}
