import type { Timer } from '../../../core/host.ts';
import type { Bus } from './bus.ts';
import type { BusValue } from './message.ts';
import { MANAGER, numberOf, positive, propertyOf, SYSTEMD } from './properties.ts';

/** org.freedesktop.systemd1(5), "Timer Unit Objects". */
const PROPERTIES = ['Unit', 'LastTriggerUSec', 'NextElapseUSecRealtime', 'NextElapseUSecMonotonic'] as const;

/** Every loaded timer with its moments. */
export async function timersOf(bus: Bus, destination: string | null): Promise<Timer[]> {
  const call = { destination, path: MANAGER, interface: `${SYSTEMD}.Manager`, member: 'ListUnitsByPatterns', args: [[], ['*.timer']] };
  const [rows] = await bus.call(call);
  const timers = await Promise.all((rows as BusValue[][]).map((row) => timerOf(bus, destination, row)));
  return timers.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function timerOf(bus: Bus, destination: string | null, [name, , , active, , , path]: BusValue[]): Promise<Timer> {
  const get = (property: string) => propertyOf({ bus, destination, path: String(path) }, `${SYSTEMD}.Timer`, property);
  const [starts, last, calendar, uptime] = await Promise.all(PROPERTIES.map(get));
  return {
    name: String(name),
    active_state: String(active),
    starts: String(starts ?? ''),
    last_trigger_us: positive(numberOf(last)),
    next_calendar_us: positive(numberOf(calendar)),
    next_uptime_us: positive(numberOf(uptime)),
  };
}
