import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { replies } from '../../../src/hosts/shell/replies.ts';

/**
 * Stands in the place of ssh to the shell of a node that is so far away that a round trip takes longer than anything that the node does: what it answers
 * arrives at once, when all that was asked is answered. Writes into a file how many questions came one behind the other, each after the answer to the one
 * before: so many round trips are waited for, however long one is.
 *
 * Words: the file, milliseconds of a round trip, the ssh to start, and its own words.
 */
const [, , file = '', rtt = '', ssh = '', ...words] = process.argv;
const RTT_MS = Number(rtt);
/** Whoever waits longer than this for a shell takes it for hung; what was answered by then arrives. */
const LONGEST_MS = 1_000;

const child = spawn(ssh, words, { stdio: ['pipe', 'pipe', 'inherit'] });
child.on('close', (exit) => process.exit(exit ?? 255));

/** How many answers each question that is open was asked behind. */
const open = new Map<number, number>();
let arrived = 0;
let answered = 0;
let trips = 0;
let held: Buffer[] = [];
let leaves: NodeJS.Timeout | null = null;
let cut: ((chunk: Buffer) => void) | null = null;

function asked(id: number): void {
  open.set(id, arrived + 1);
  trips = Math.max(trips, arrived + 1);
  writeFileSync(file, String(trips));
}

function arrive(): void {
  for (const chunk of held) process.stdout.write(chunk);
  [held, arrived, leaves] = [[], answered, null];
}

child.stdout.on('data', (chunk: Buffer) => {
  held.push(chunk);
  cut?.(chunk);
  if (leaves !== null) clearTimeout(leaves);
  leaves = setTimeout(arrive, open.size === 0 ? RTT_MS : LONGEST_MS);
});

function answer(id: number): void {
  answered = Math.max(answered, open.get(id) ?? 0);
  open.delete(id);
}

let rest = '';
let lines = 0;
let skip = 0;
process.stdin.on('data', (chunk: Buffer) => {
  child.stdin.write(chunk);
  const whole = (rest + chunk.toString('latin1')).split('\n');
  rest = whole.pop() ?? '';
  for (const line of whole) {
    lines += 1;
    // First the shell's program, then the nonce, then questions: a head, and so many words.
    if (lines === 2) cut = replies(line, ({ id }) => answer(id));
    else if (skip > 0) skip -= 1;
    else if (lines > 2) {
      const [id = '', , , , count = ''] = line.split(' ');
      skip = Number(count);
      asked(Number(id));
    }
  }
});
process.stdin.on('end', () => child.stdin.end());
