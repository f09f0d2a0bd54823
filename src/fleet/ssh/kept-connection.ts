import { type Over, openChannel } from './mux-channel.ts';
import type { Limits, Ran } from './run-ssh.ts';

/** Why a kept connection did not serve: none is there, or it is there and does not answer. Nothing was sent to the node. */
export type NoMaster = { master: 'none' } | { master: 'hung'; why: string };

/** What may come beyond the limit before it stops by itself. */
const MARGIN = 64 * 1024;
const MOST_ERRORS = 64 * 1024;
/** The way in was there before, so all that is said on it is the node's. */
const LET_IN = 'Authenticated to kept (via proxy) using "kept".\n';

/** Runs a command on a node through the connection that an earlier ssh kept open at `path`. Never rejects. */
export function runOnKept(path: string, command: string, limits: Limits): Promise<Ran | NoMaster> {
  return new Promise((resolve) => {
    const heard = { output: [] as Buffer[], bytes: 0, errors: '' };
    const end = (result: Ran | NoMaster) => {
      clearTimeout(deadline);
      limits.signal?.removeEventListener('abort', abort);
      channel.leave();
      resolve(result);
    };
    const ran = (how: Ran['end'], exit: number | null = null): Ran => ranOnKept(Buffer.concat(heard.output), heard.errors, how, exit);
    const abort = () => end(ran('aborted'));
    // Never widened: what sends for ever stops by itself and cannot hold up the others on this connection.
    const channel = openChannel(
      path,
      { command, window: limits.bytes + MARGIN },
      {
        begun() {
          limits.onLogin?.();
          channel.endInput();
        },
        output(chunk) {
          heard.output.push(chunk);
          heard.bytes += chunk.length;
          if (heard.bytes > limits.bytes) end(ran('too-large'));
        },
        errors(text) {
          heard.errors += text.slice(0, MOST_ERRORS - heard.errors.length);
        },
        over(how) {
          if (how.kind === 'closed') end(ran('exit', how.exit));
          // With what came so far, or, if nothing did, as if it had not been there, so that a new one is made.
          else if (how.kind === 'lost' && (heard.bytes > 0 || heard.errors !== '')) end(ran('exit'));
          else end(noMaster(how));
        },
      },
    );
    const deadline = setTimeout(() => end(ran('deadline')), limits.ms);
    limits.signal?.addEventListener('abort', abort, { once: true });
  });
}

/** What ran on a kept connection, as if ssh had run it. */
export function ranOnKept(stdout: Buffer, errors: string, end: Ran['end'], exit: number | null): Ran {
  return { stdout, stderr: `${LET_IN}${errors}`, exit, end, in_name_lookup: false };
}

/** A channel that was over before anything came of it. */
export function noMaster(how: Over): NoMaster {
  return how.kind === 'hung' ? { master: 'hung', why: how.why } : { master: 'none' };
}
