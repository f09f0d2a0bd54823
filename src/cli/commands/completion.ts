import { SCRIPTS, type Shell } from '../completion/shell-scripts.ts';
import { EXIT, type Exit } from '../../core/refusal.ts';
import type { Io } from '../io.ts';

/** Prints the shell's part of completion. It asks ward for the words, so it fits every version that has `ward complete`. */
export async function completion(io: Io, shell: Shell): Promise<Exit> {
  await io.print(SCRIPTS[shell]);
  return EXIT.fine;
}
