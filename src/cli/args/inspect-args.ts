import { type Command, Option } from 'commander';
import { EXIT, Refusal } from '../../core/refusal.ts';
import type { InspectWants } from '../inspect/wants.ts';
import type { Io } from '../io.ts';
import type { FailOn } from '../monitor/wants.ts';
import { seconds } from '../options.ts';
import type { Ended } from './ended.ts';
import { choice, collected, command } from './command.ts';
import { ANY_FLEET, type FleetGiven, fleetOptions } from './fleet-options.ts';

const EXAMPLES = [
  'ward inspect --env testnet',
  'ward inspect --env testnet --subsystem rqlite,wg --verbose',
  'ward inspect --node ns2 --format json | jq .summary',
  'ward inspect --format junit > inspect.xml',
  'ward inspect --ai --ai-url http://127.0.0.1:11434/v1 --model llama3.2 --ai-dry-run',
];

const FAIL_ON: readonly FailOn[] = ['info', 'warning', 'critical', 'never'];
const FORMATS: readonly InspectWants['format'][] = ['table', 'json', 'markdown', 'junit'];

interface Given extends FleetGiven, Pick<Partial<InspectWants>, 'subsystem' | 'format' | 'failOn'> {
  output?: string;
  json?: true;
  verbose?: true;
  utc?: true;
  nagios?: true;
  ai?: true;
  aiDryRun?: true;
  aiUrl?: string;
  aiTimeout: number;
  model?: string;
}

/** `ward inspect`: every check with its evidence, for when something is known to be wrong. */
export function inspectCommand(ward: Command, io: Io, ended: Ended): void {
  const inspect = fleetOptions(
    command(ward, 'inspect', 'hold every check against the machines: pass, warn, fail or skip, with evidence', EXAMPLES),
    'only',
  )
    .option('--subsystem <names>', 'only these subsystems, with commas between', collected)
    .addOption(choice('--format <form>', 'form of the results', FORMATS))
    .option('--json', 'the same as --format json')
    .option('--verbose', 'list also what passed and what was skipped, each with its evidence')
    .option('--output <folder>', 'save the results there too, as Markdown')
    .addOption(choice('--fail-on <level>', 'exit code 1 from this on; a failed check is critical', FAIL_ON))
    .option('--nagios', 'one line and the exit code of a Nagios plugin')
    .option('--utc', 'times in UTC');
  aiOptions(inspect).action(async (given: Given) =>
    ended(await (await import('../commands/inspect.ts')).inspectCommand(io, wantsOf(given))),
  );
}

function aiOptions(inspect: Command): Command {
  return inspect
    .option('--ai', 'ask a language model about what failed or warned; names, addresses and keys are hidden from it')
    .option('--ai-url <url>', 'its OpenAI-compatible endpoint, such as http://127.0.0.1:11434/v1')
    .option('--model <name>', 'the model to ask')
    .option('--ai-dry-run', 'print exactly what would be sent, and send nothing')
    .option('--ai-timeout <seconds>', 'for each answer of the model', seconds('--ai-timeout', 1, 3600), 120)
    .addOption(new Option('--api-key <key>').hideHelp().argParser(noKeyHere));
}

/** The list of processes shows everybody on the machine what stands here. */
function noKeyHere(): never {
  throw new Refusal(EXIT.usage, 'a key on the command line can be read by everybody on this machine', {
    next: 'Put it in the environment, as WARD_AI_KEY or OPENROUTER_API_KEY, and make a new one: this one has been seen.',
  });
}

const NOTHING_ASKED = {
  ...ANY_FLEET,
  subsystem: [],
  failOn: 'critical' as const,
};

function wantsOf({ timeout, output, json, verbose, utc, nagios, agentless, askPassword, ...given }: Given): InspectWants {
  const { ai, aiDryRun, aiUrl, aiTimeout, model, ...rest } = given;
  return {
    ...NOTHING_ASKED,
    ...rest,
    format: json === true ? 'json' : (rest.format ?? 'table'),
    timeout_s: timeout,
    output: output ?? null,
    verbose: verbose === true,
    utc: utc === true,
    nagios: nagios === true,
    agentless: agentless === true,
    askPassword: askPassword === true,
    ai:
      ai === true || aiDryRun === true
        ? { url: aiUrl ?? null, model: model ?? null, dryRun: aiDryRun === true, timeout_s: aiTimeout }
        : null,
  };
}
