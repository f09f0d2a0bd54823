import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { applied, type Change, type JsonValue } from '../../src/core/difference.ts';
import { type Framed, frameUntilEnd } from '../../src/agent/read-frame.ts';

/** What one line was answered with. */
export interface Answer {
  seq: number;
  digest: string;
  base?: string;
  report?: JsonValue;
  changes?: Change[];
}

/** An agent that follows, until the test ends. */
export function startFollower(node: string, agent: string, env: NodeJS.ProcessEnv) {
  const child = spawn(node, [agent, 'follow'], { env, stdio: ['pipe', 'pipe', 'pipe'] }) as ChildProcessByStdio<
    Writable,
    Readable,
    Readable
  >;
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdin.on('error', () => undefined);
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const frame = (base: string) =>
    new Promise<Framed>((resolve) => {
      const nonce = randomBytes(16).toString('hex');
      const found = frameUntilEnd(nonce);
      const take = (chunk: Buffer) => {
        const whole = found.add(chunk);
        if (whole === null) return;
        child.stdout.off('data', take);
        resolve(whole);
      };
      child.stdout.on('data', take);
      child.stdin.write(`report ${nonce} ${base}\n`);
    });
  return {
    child,
    errors: () => errors,
    /** Asks with the digest of the report that one has, or `-`. */
    async ask(base = '-'): Promise<Answer> {
      const whole = await frame(base);
      if (whole.kind !== 'whole') throw new Error(`the frame is ${whole.kind}`);
      return JSON.parse(whole.payload) as Answer;
    },
    ended: once(child, 'exit') as Promise<[number | null, string | null]>,
  };
}

/** The report that an answer makes of the one before, held against its digest. */
export function reportAfter(before: JsonValue | undefined, { report, changes, digest }: Answer): JsonValue {
  const next = report ?? (applied(before ?? null, changes ?? [])?.value as JsonValue);
  const own = createHash('sha256').update(JSON.stringify(next)).digest('hex');
  if (own !== digest) throw new Error('the digests differ');
  return next;
}
