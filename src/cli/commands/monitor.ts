import { EXIT, type Exit, Refusal } from '../../core/refusal.ts';
import { meanwhile } from '../../fleet/meanwhile.ts';
import type { Io } from '../io.ts';
import { exitOf } from '../monitor/exit-of.ts';
import { fleetFor, type NamedFleet } from '../monitor/fleet-for.ts';
import { nagiosLine } from '../monitor/nagios.ts';
import type { Round } from '../monitor/round.ts';
import { roundText, type Watched } from '../monitor/round-text.ts';
import { silentText } from '../monitor/silent-text.ts';
import { takeRound } from '../monitor/take-round.ts';
import { loaderOf } from '../monitor/views/view-named.ts';
import type { Wants } from '../monitor/wants.ts';

/** Looks at the fleet once, or again and again, and shows what the words ask for. */
export async function monitor(io: Io, wants: Wants): Promise<number> {
  checkWants(io, wants);
  if (wants.view === 'live') {
    const [show, fleet] = await Promise.all([io.live(), fleetFor(io, wants)]);
    return show(io, { ...fleet, environment: wants.env ?? fleet.nodes[0]?.environment ?? null, ...wants });
  }
  const load = await loaderOf(wants.view);
  const fleet = await fleetFor(io, wants);
  if (wants.watch_s !== null)
    return (await import('../monitor/watch.ts')).watch(io, { ...fleet, view: await load(), wants }, wants.watch_s);
  const [first, view] = await Promise.all([takeRound(io, { ...fleet, wants }), meanwhile(load)]);
  if (wants.nagios) return nagios(io, first);
  const again = isForPeople(wants) && (await mayTrust(io, first, fleet));
  return answer(io, again ? await takeRound(io, { ...fleet, wants }) : first, { ...fleet, view, wants });
}

function checkWants({ stdin, stdout }: Io, { view, nagios: forNagios, watch_s }: Wants): void {
  if (forNagios && view !== 'alerts')
    throw new Refusal(EXIT.usage, `--nagios goes with alerts, not with ${view}`, { next: 'ward monitor alerts --nagios' });
  if (view === 'live' && !stdout.isTTY) throw noTerminal('a terminal, and this output is not one');
  if (view === 'live' && !stdin.isTTY) throw noTerminal('a terminal to read keys from, and this input is not one');
  if (forNagios && watch_s !== null) throw new Refusal(EXIT.usage, '--nagios is one line of one round, so it does not go with --watch');
}

function noTerminal(what: string): Refusal {
  return new Refusal(EXIT.usage, `monitor live needs ${what}`, { next: 'For a script: ward monitor cluster --json' });
}

async function nagios(io: Io, round: Round): Promise<number> {
  const { line, exit } = nagiosLine(round);
  await io.print(`${line}\n`);
  return exit;
}

/** Only loads what it takes where a key is not known. */
async function mayTrust(io: Io, round: Round, fleet: NamedFleet): Promise<boolean> {
  if (!round.snapshot.nodes.some(({ failure }) => failure?.cause === 'host-key-unknown')) return false;
  return (await import('../monitor/offer-trust.ts')).offerTrust(io, round, fleet);
}

async function answer(io: Io, round: Round, watched: Watched): Promise<Exit> {
  const text = await roundText(io, round, watched);
  await (isForPeople(watched.wants) ? io.page(text) : io.print(text));
  io.say(silentText(round, watched.wants));
  return exitOf(round, watched.wants.failOn ?? watched.view.failOn);
}

function isForPeople({ form, view }: Wants): boolean {
  return (form === 'table' || form === 'wide') && view !== 'report';
}
