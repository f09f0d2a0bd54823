import { shellWord } from '../../core/command.ts';
import { EXIT, type Exit, Refusal } from '../../core/refusal.ts';
import { listed, many } from '../../core/units.ts';
import { inTurn } from '../../core/in-turn.ts';
import { uninstallNode } from '../../fleet/install/uninstall-node.ts';
import { asked } from '../asked.ts';
import type { Io } from '../io.ts';
import { type AdminOptions, administered } from '../node/admins.ts';
import { exitOf, outcomeOf, outcomesPage } from '../node/outcomes.ts';
import { terminalOf } from '../render/terminal.ts';

/** As the words of `ward node uninstall` were given. */
export interface UninstallWords extends AdminOptions {
  yes?: true;
  dryRun?: true;
}

const AT_ONCE = 8;

/** Takes the agent, its user, its key and its rule away from these machines, if the person says so. */
export async function nodeUninstall(io: Io, hosts: readonly string[], words: UninstallWords): Promise<Exit> {
  const machines = await administered(io, hosts, words);
  const dry = words.dryRun === true;
  if (!dry && words.yes !== true)
    await agreed(
      io,
      machines.map(({ name }) => name),
      hosts,
    );
  const results = await inTurn(machines, AT_ONCE, async ({ name, admin }) => {
    const onStep = (says: string) => io.say(`ward: ${name}: ${says}\n`);
    return outcomeOf(name, await uninstallNode(admin, { dry, onStep }), { dry, kept: '' });
  });
  await io.print(outcomesPage(terminalOf(io.stdout, io.env), dry ? 'Would be done' : 'Uninstalled', results));
  return exitOf(results);
}

async function agreed(io: Io, names: readonly string[], hosts: readonly string[]): Promise<void> {
  const answer = await asked(io, `Take the agent away from ${listed(names)}? Type yes: `);
  if (answer === 'yes') return;
  throw new Refusal(EXIT.notAllowed, `nothing was taken away from ${many(names.length, 'machine')}`, {
    next: `To do it without being asked: ward node uninstall ${hosts.map(shellWord).join(' ')} --yes`,
  });
}
