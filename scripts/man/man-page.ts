import type { Command } from 'commander';
import { examplesOf } from '../../src/cli/args/command.ts';
import { EXIT_MEANINGS } from '../../src/cli/args/exit-meanings.ts';
import { program } from '../../src/cli/program.ts';
import { quoted, roff, term, typed } from './roff.ts';
import { FILES, VARIABLES } from './surroundings.ts';

/** The man page of ward in roff, made from the same tree as --help. */
export function manPage(): string {
  const ward = program(NOBODY, () => undefined);
  return [
    `.TH WARD 1 "" wardround ${quoted('User Commands')}\n`,
    section('NAME', `ward \\- ${roff('look after servers: what is wrong, why, and what to do next')}\n`),
    section('SYNOPSIS', `\\fBward\\fR [\\fIcommand\\fR] [\\fIoption\\fR ...]\n`),
    section('DESCRIPTION', `${roff(ward.description())}\n`),
    section('OPTIONS', optionsText(ward)),
    section('COMMANDS', commandsUnder(ward).map(commandText).join('')),
    section('EXIT STATUS', EXIT_MEANINGS.map(([code, meaning]) => term(code, meaning)).join('')),
    section('ENVIRONMENT', VARIABLES.map(([name, meaning]) => term(name, meaning)).join('')),
    section('FILES', FILES.map(([name, meaning]) => term(name, meaning)).join('')),
    section('EXAMPLES', typed(examplesOf(ward))),
    section('SEE ALSO', '.BR ssh (1),\n.BR ssh_config (5),\n.BR less (1)\n'),
  ].join('');
}

/** The tree is only looked at: no command of it runs. */
const NOBODY = { hold: () => undefined } as never;

function section(title: string, text: string): string {
  return `.SH ${quoted(title)}\n${text}`;
}

/** Commands that run something, in the order of help, groups taken apart. */
function commandsUnder(one: Command): Command[] {
  const below = one.createHelp().visibleCommands(one);
  return below.flatMap((each) => (each.commands.length === 0 ? [each] : commandsUnder(each)));
}

function commandText(one: Command): string {
  const help = one.createHelp();
  const given = help.visibleArguments(one).map((argument) => term(help.argumentTerm(argument), help.argumentDescription(argument)));
  return `.SS ${quoted(help.commandUsage(one))}\n${roff(help.commandDescription(one))}\n${given.join('')}${optionsText(one)}${typed(examplesOf(one))}`;
}

function optionsText(one: Command): string {
  const help = one.createHelp();
  return help
    .visibleOptions(one)
    .map((option) => term(help.optionTerm(option), help.optionDescription(option)))
    .join('');
}
