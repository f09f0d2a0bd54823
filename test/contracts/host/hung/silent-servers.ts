import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

// On a hung machine: serves TCP at port 700 and DNS at port 53 without ever answering, runs the program that is named, and prints its
// exit code, what it printed, and how long it lived, as JSON.
const taken = createServer(() => undefined);
taken.listen(700, '127.0.0.1');
const resolver = createSocket('udp4');
resolver.bind(53, '127.0.0.1');
await Promise.all([once(taken, 'listening'), once(resolver, 'listening')]);

const [program = '', ...words] = process.argv.slice(2);
const begun_ms = performance.now();
const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'] });
let output = '';
child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
const [exit] = (await once(child, 'close')) as [number | null];
process.stdout.write(JSON.stringify({ exit, output, lived_ms: performance.now() - begun_ms }));
process.exit(0);
