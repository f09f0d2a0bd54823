import { homedir } from 'node:os';
import type { Command } from 'commander';
import { EXIT, type Exit } from '../../core/refusal.ts';
import { completed } from '../completion/completed.ts';
import type { Io } from '../io.ts';

/** Prints a line for each word that may stand at the cursor, with a tab and what it is behind it. Never fails: what is not known is not offered. */
export async function complete(io: Io, ward: Command, words: readonly string[]): Promise<Exit> {
  const where = { cwd: io.cwd, env: io.env, home: io.env['HOME'] ?? homedir() };
  const candidates = await completed(ward, words, where);
  await io.print(candidates.map(({ word, about }) => `${word}\t${about}\n`).join(''));
  return EXIT.fine;
}
