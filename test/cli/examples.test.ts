import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { examplesOf } from '../../src/cli/args/command.ts';
import { viewNamed } from '../../src/cli/monitor/views/view-named.ts';
import { program } from '../../src/cli/program.ts';
import { quiet } from './quiet-io.ts';

/** The commands that a person may see, groups with them. */
function visible(command: Command): Command[] {
  return [command, ...command.createHelp().visibleCommands(command).flatMap(visible)];
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

/** The words behind `ward` in an example, as a shell would part them; pipes and redirections go. */
function wordsOf(example: string): string[] {
  const [, line = ''] = /^(?:sudo |source <\()?ward ?([^|>)]*)/.exec(example) ?? [];
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

const COMMANDS = visible(program(quiet, () => undefined));

describe('the help of every command', () => {
  it.each(COMMANDS.map((command) => [nameOf(command), command] as const))('%s carries examples of itself', (name, command) => {
    const examples = examplesOf(command);
    expect(examples.length).toBeGreaterThan(0);
    expect(examples.some((example) => example.includes(name))).toBe(true);
  });

  it.each(COMMANDS.flatMap((command) => examplesOf(command)))('has an example that parses: %s', async (example) => {
    const ran: { name: string; args: readonly unknown[] }[] = [];
    const ward = program(quiet, () => undefined);
    for (const command of visible(ward)) command.action(() => void ran.push({ name: nameOf(command), args: command.processedArgs }));
    const words = wordsOf(example);
    if (words.at(-1) === '--help') await expect(ward.parseAsync(words, { from: 'user' })).rejects.toMatchObject({ exitCode: 0 });
    else await ward.parseAsync(words, { from: 'user' });
    const view = ran[0]?.name === 'ward monitor' ? ran[0].args[0] : undefined;
    if (typeof view === 'string' && view !== 'live') await expect(viewNamed(view)).resolves.toHaveProperty('page');
    expect(ran.length + (words.at(-1) === '--help' ? 1 : 0)).toBe(1);
  });
});
