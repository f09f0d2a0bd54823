import { Argument, type Command } from 'commander';
import { SHELLS } from '../completion/shell-scripts.ts';
import type { Io } from '../io.ts';
import { oneOf } from '../options.ts';
import type { Ended } from './ended.ts';
import { command } from './command.ts';

/** `ward completion SHELL`, and the word by which what it prints asks what may stand at the cursor. */
export function completionCommands(ward: Command, io: Io, ended: Ended): void {
  command(ward, 'completion', 'print what lets a shell complete the words of ward', [
    'source <(ward completion bash)',
    'ward completion bash > ~/.local/share/bash-completion/completions/ward',
    'ward completion zsh > ~/.zfunc/_ward',
    'ward completion fish > ~/.config/fish/completions/ward.fish',
  ])
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS).argParser(oneOf('completion', SHELLS)))
    .action(async (shell) => ended(await (await import('../commands/completion.ts')).completion(io, shell)));
  ward
    .command('complete', { hidden: true })
    .argument('[words...]', 'those of the line up to the cursor, without ward itself')
    .action(async (words) => ended(await (await import('../commands/complete.ts')).complete(io, ward, words)));
}
