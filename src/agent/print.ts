import { writeSync } from 'node:fs';
import { EXIT, Refusal } from '../core/refusal.ts';

const STDOUT = 1;

/** Writes to standard output and waits until all of it is out. A reader who went away is no failure; whatever else stops it is refused. */
export async function print(text: string): Promise<void> {
  const bytes = Buffer.from(text);
  const left = bytes.subarray(writtenAtOnce(bytes));
  if (left.length > 0) await throughStream(left);
}

/** How many of the bytes need not be written any more. Done without the streams that Node.js would have to load. */
function writtenAtOnce(bytes: Buffer): number {
  let at = 0;
  try {
    while (at < bytes.length) at += writeSync(STDOUT, bytes, at);
  } catch (error) {
    // The pipe is full, and whoever gave it to us does not want us to wait in it.
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return at;
    goneOrRefused(error as NodeJS.ErrnoException);
  }
  return bytes.length;
}

function throughStream(bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.once('error', (error) => {
      try {
        resolve(goneOrRefused(error));
      } catch (refusal) {
        reject(refusal);
      }
    });
    process.stdout.write(bytes, (error) => {
      // An error comes again as the stream's own.
      if (error === null || error === undefined) resolve();
    });
  });
}

function goneOrRefused(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw new Refusal(EXIT.storage, `standard output could not be written: ${error.message}`);
}
