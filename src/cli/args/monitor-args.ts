import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { seconds } from '../options.ts';
import type { Ended } from './ended.ts';
import type { FailOn, Wants } from '../monitor/wants.ts';
import { choice, command } from './command.ts';
import { ANY_FLEET, type FleetGiven, fleetOptions } from './fleet-options.ts';
import { formOf, type ListingGiven, listingOptions } from './listing-options.ts';

const EXAMPLES = [
  'ward monitor --env testnet',
  'ward monitor cluster --env testnet',
  'ward monitor alerts --env testnet --fail-on warning',
  'ward monitor node --node ns2',
  "ward monitor --ssh 'web*'",
  'ward monitor service --watch 60',
  'ward monitor report --env testnet | jq .summary',
];

const FAIL_ON: readonly FailOn[] = ['info', 'warning', 'critical', 'never'];
const WATCH_S = 30;

interface Given extends FleetGiven, ListingGiven {
  failOn?: FailOn;
  watch?: number | true;
  interval: number;
  all?: true;
  utc?: true;
  nagios?: true;
}

/** `ward monitor [VIEW]`: all machines at once. */
export function monitorCommand(ward: Command, io: Io, ended: Ended): void {
  const monitor = command(ward, 'monitor', 'look at all machines at once: what is wrong on which of them', EXAMPLES).argument(
    '[view]',
    'live, cluster, node, service, mesh, dns and other subsystems, alerts, report; without one: live on a terminal, else cluster',
  );
  listingOptions(fleetOptions(monitor, 'show only'))
    .addOption(choice('--fail-on <level>', 'exit code 1 from this level on', FAIL_ON))
    .option('--watch [seconds]', `a round every so many seconds; ${WATCH_S} if not told`, seconds('--watch', 1, 86_400))
    .option('--interval <seconds>', 'between two rounds of the live screen', seconds('--interval', 1, 86_400), WATCH_S)
    .option('--all', 'list also what is muted, and every row')
    .option('--utc', 'times in UTC')
    .option('--nagios', 'with alerts: one line and the exit code of a Nagios plugin')
    .action(async (view: string | undefined, given: Given) => {
      const wants = wantsOf(view ?? viewFor(io, given), given);
      ended(await (await import('../commands/monitor.ts')).monitor(io, wants));
    });
}

/** Where no view is named: the live screen for a person, the cluster for whoever wants text. */
function viewFor({ stdin, stdout }: Io, { json, output, watch }: Given): string {
  return stdin.isTTY && stdout.isTTY && json === undefined && output === undefined && watch === undefined ? 'live' : 'cluster';
}

function wantsOf(view: string, { json, output, watch, timeout, interval, ...given }: Given): Wants {
  return {
    ...NOTHING_ASKED,
    ...given,
    view,
    form: formOf({ json, output }),
    timeout_s: timeout,
    interval_s: interval,
    watch_s: watch === undefined ? null : watch === true ? WATCH_S : watch,
  };
}

const NOTHING_ASKED = {
  ...ANY_FLEET,
  failOn: null,
  all: false,
  utc: false,
  nagios: false,
  agentless: false,
  askPassword: false,
};
