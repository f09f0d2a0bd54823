import { EXIT, Refusal } from '../core/refusal.ts';

/** Writes to standard output and waits until all of it is out. A reader who went away is no failure; whatever else stops it is refused. */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') resolve();
      else reject(new Refusal(EXIT.storage, `standard output could not be written: ${error.message}`));
    });
    process.stdout.write(text, (error) => {
      // An error comes again as the stream's own.
      if (error === null || error === undefined) resolve();
    });
  });
}
