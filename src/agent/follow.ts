import type { Readable } from 'node:stream';
import { differenceOf, type JsonValue } from '../core/difference.ts';
import { EXIT } from '../core/refusal.ts';
import type { Report } from '../core/report.ts';
import { builtin } from '../hosts/local/builtin.ts';
import { framed } from './frame.ts';
import { misused } from './words.ts';

/** One line in: a nonce, and the digest of the report that the asker has, or `-`. */
const ASK = /^report ([0-9a-f]{32}) (-|[0-9a-f]{64})$/;
const LONGEST_LINE = 128;
/** One is enough for whoever waits for an answer before asking again. */
const MOST_OPEN = 8;

/** What a follower needs of its surroundings. */
export interface Following {
  input: Readable;
  report: () => Promise<Report>;
  print: (text: string) => Promise<void>;
}

/**
 * Answers each line with a report, or with the difference to the last one, in a frame of that line's nonce. Comes back when the channel has ended, whatever
 * is still being collected; rejects where it is asked what it does not know.
 */
export function follow({ input, report, print }: Following): Promise<void> {
  const answer = answering(report);
  const asks: RegExpExecArray[] = [];
  let busy = false;
  let rest = '';
  return new Promise((resolve, reject) => {
    const next = async () => {
      if (busy) return;
      busy = true;
      for (let ask = asks.shift(); ask !== undefined; ask = asks.shift()) await print(await answer(ask[1] ?? '', ask[2] ?? ''));
      busy = false;
    };
    input.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString('latin1')).split('\n');
      rest = lines.pop() ?? '';
      const read = lines.map((line) => ASK.exec(line));
      asks.push(...read.filter((ask) => ask !== null));
      if (read.includes(null) || rest.length > LONGEST_LINE || asks.length > MOST_OPEN) reject(misused('a line is none of follow'));
      else next().catch(reject);
    });
    input.on('error', () => resolve());
    input.on('close', () => resolve());
    input.on('end', () => resolve());
  });
}

/**
 * A whole report, `{seq, digest, report}`, or what makes it of the one with the digest `base`: `{seq, digest, base, changes}`. A digest is that of the
 * report as JSON. Keeps the last report that was given, and no other.
 */
function answering(report: () => Promise<Report>): (nonce: string, base: string) => Promise<string> {
  let last: { report: Report; digest: string } | null = null;
  let seq = 0;
  return async (nonce, base) => {
    try {
      const next = await report();
      const json = JSON.stringify(next);
      const { createHash } = await builtin('node:crypto');
      const digest = createHash('sha256').update(json).digest('hex');
      seq += 1;
      const whole = () => `{"seq":${seq},"digest":"${digest}","report":${json}}`;
      const changed = last?.digest === base ? changedText({ seq, digest, base }, last.report, next) : null;
      last = { report: next, digest };
      return await framed(nonce, changed === null || changed.length >= json.length ? whole() : changed, EXIT.fine);
    } catch (error) {
      return framed(nonce, JSON.stringify({ refused: error instanceof Error ? error.message : String(error) }), EXIT.bug);
    }
  };
}

function changedText(head: { seq: number; digest: string; base: string }, base: Report, next: Report): string {
  return JSON.stringify({ ...head, changes: differenceOf(base as unknown as JsonValue, next as unknown as JsonValue) });
}
