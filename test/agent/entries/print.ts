import { print } from '../../../src/agent/print.ts';

// Prints a line of so many letters through the agent's own printing.
void print(`${'x'.repeat(Number(process.argv[2]) - 1)}\n`);
