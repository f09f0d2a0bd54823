import type { Timer, Unit } from '../../../core/host.ts';
import { denied, failed, Unknown } from '../../../core/unknown.ts';
import { within } from '../failure.ts';
import { DEADLINES, type Left } from '../limits.ts';
import { builtin } from '../builtin.ts';
import { Bus } from './bus.ts';
import { NO_SYSTEMD, systemdRuns } from './here.ts';
import type { BusValue } from './message.ts';
import { MANAGER, numberOf, positive, propertyOf, SYSTEMD } from './properties.ts';
import { timersOf } from './timers.ts';

const SYSTEM_BUS = '/run/dbus/system_bus_socket';
/** systemd's own socket, for root: nobody stands between, and it is there also where no bus runs. */
const PRIVATE = '/run/systemd/private';
/** As systemd.unit(5) has it. */
export const UNIT_NAME = /^[A-Za-z0-9:_.@\\-]{1,255}$/;

/** The properties that are read beside the states, by the interface that has them (org.freedesktop.systemd1(5)). */
const UNIT_PROPERTIES = ['UnitFileState', 'ActiveEnterTimestamp', 'StateChangeTimestamp'] as const;
const SERVICE_PROPERTIES = ['Result', 'NRestarts', 'MemoryCurrent', 'CPUUsageNSec', 'MainPID', 'ExecMainStatus'] as const;

/** How systemd is asked: all units that are asked for in one turn go out together. */
export interface Systemd {
  unit(name: string): Promise<Unit | Unknown>;
  units(state: string): Promise<string[] | Unknown>;
  timers(): Promise<Timer[] | Unknown>;
}

interface Connection {
  bus: Bus;
  destination: string | null;
}

/** A connection that outlives the questions; null while there is none. */
export interface LastingBus {
  held: Promise<Connection> | null;
}

/** A connection that is made when the first question comes and ends when no question is open any more, unless it is to last and all was well. */
export function systemd(left: Left, lasting: LastingBus | null = null): Systemd {
  const at: LastingBus = lasting ?? { held: null };
  let open = 0;
  let failures = 0;
  let gathered: { names: Set<string>; units: Promise<Map<string, Unit> | Unknown> } | null = null;

  async function connected<T>(work: (bus: Bus, destination: string | null) => Promise<T>): Promise<T | Unknown> {
    open += 1;
    try {
      const answer = await within(
        left(DEADLINES.systemd),
        living(at).then(({ bus: to, destination }) => work(to, destination)),
      );
      if (answer instanceof Unknown) failures += 1;
      return answer;
    } catch (error) {
      failures += 1;
      return error instanceof Unknown ? error : failed(`systemd did not answer: ${(error as Error).message}`);
    } finally {
      open -= 1;
      if (open === 0 && (lasting === null || failures > 0)) at.held = closed(at.held);
    }
  }

  /** All who ask in this turn have asked when the next one begins. */
  function gather(): NonNullable<typeof gathered> {
    const names = new Set<string>();
    const units = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      gathered = null;
      return connected((to, destination) => unitsNamed(to, destination, [...names]));
    });
    return { names, units };
  }

  return {
    unit(name) {
      if (!UNIT_NAME.test(name)) return Promise.resolve(failed('this is no name of a unit'));
      gathered ??= gather();
      gathered.names.add(name);
      return gathered.units.then((found) =>
        found instanceof Unknown ? found : (found.get(name) ?? failed('systemd does not know this name')),
      );
    },
    units: (state) => connected((to, destination) => namesIn(to, destination, state)),
    timers: () => connected(timersOf),
  };
}

/** The connection that is held, or a new one; one that fails is forgotten at once. */
function living(at: LastingBus): Promise<Connection> {
  if (at.held !== null) return at.held;
  const made = connect(() => {
    if (at.held === made) at.held = null;
  });
  at.held = made;
  return made;
}

function closed(bus: Promise<Connection> | null): null {
  bus?.then(
    ({ bus: to }) => to.close(),
    () => undefined,
  );
  return null;
}

async function connect(onFail: () => void): Promise<Connection> {
  if (!systemdRuns()) throw NO_SYSTEMD;
  const { connect: open } = await builtin('node:net');
  const tried = async (path: string) =>
    new Promise<Bus>((resolve, reject) => {
      const socket = open(path);
      socket.once('error', reject);
      socket.once('connect', () => resolve(new Bus(socket, onFail)));
    });
  const own = process.getuid?.() === 0 ? await tried(PRIVATE).catch(() => null) : null;
  if (own !== null) return { bus: own, destination: null };
  try {
    const bus = await tried(SYSTEM_BUS);
    await bus.call({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      member: 'Hello',
      args: [],
    });
    return { bus, destination: SYSTEMD };
  } catch {
    return { bus: await tried(PRIVATE).catch(refused), destination: null };
  }
}

function refused(error: NodeJS.ErrnoException): never {
  throw error.code === 'EACCES'
    ? denied('no message bus runs here, and the private socket of systemd is for root only')
    : failed(`systemd cannot be reached: ${error.message}`);
}

/** Rows of (name, description, load, active, sub, following, path, …). */
async function listed(bus: Bus, destination: string | null, member: string, argument: readonly string[]): Promise<BusValue[][]> {
  const [rows] = await bus.call({ destination, path: MANAGER, interface: `${SYSTEMD}.Manager`, member, args: [argument] });
  return rows as BusValue[][];
}

async function namesIn(bus: Bus, destination: string | null, state: string): Promise<string[]> {
  const rows = await listed(bus, destination, 'ListUnitsFiltered', [state]);
  return rows.map(([name]) => String(name)).sort();
}

async function unitsNamed(bus: Bus, destination: string | null, names: readonly string[]): Promise<Map<string, Unit>> {
  const rows = await listed(bus, destination, 'ListUnitsByNames', names);
  const units = await Promise.all(rows.map((row) => unitOf(bus, destination, row)));
  return new Map(rows.map(([name], at) => [String(name), units[at]]).filter((entry): entry is [string, Unit] => entry[1] !== undefined));
}

async function unitOf(bus: Bus, destination: string | null, [name, , load, active, sub, , path]: BusValue[]): Promise<Unit> {
  const isService = String(name).endsWith('.service');
  const states = { load_state: String(load), active_state: String(active), sub_state: String(sub) };
  // One that has failed is remembered after its file has gone.
  if (load === 'not-found' && active === 'inactive') return { ...states, ...NOTHING, ...(isService ? UNBORN : {}) };
  const get = (owner: string, property: string) => propertyOf({ bus, destination, path: String(path) }, `${SYSTEMD}.${owner}`, property);
  const [unit, service] = await Promise.all([
    Promise.all(UNIT_PROPERTIES.map((property) => get('Unit', property))),
    Promise.all(isService ? SERVICE_PROPERTIES.map((property) => get('Service', property)) : []),
  ]);
  const [fileState, entered, changed] = unit;
  const [result, restarts, memory, cpu, pid, status] = service;
  return {
    ...states,
    unit_file_state: String(fileState ?? ''),
    result: typeof result === 'string' ? result : null,
    n_restarts: numberOf(restarts),
    active_enter_us: positive(numberOf(entered)),
    state_change_us: positive(numberOf(changed)),
    memory_bytes: numberOf(memory),
    cpu_nsec: numberOf(cpu),
    main_pid: positive(numberOf(pid)),
    exit_status: numberOf(status),
  };
}

/** What systemd would answer, property by property, about a unit that is nowhere; most of those that one asks for are none. */
const NOTHING = {
  ...{ unit_file_state: '', result: null, n_restarts: null, active_enter_us: null, state_change_us: null },
  ...{ memory_bytes: null, cpu_nsec: null, main_pid: null, exit_status: null },
};
/** The same about a service. */
const UNBORN = { result: 'success', n_restarts: 0, exit_status: 0 };
