import { type Answer, type Ask, once, orNull, present } from '../../core/ask.ts';
import type { FileFacts } from '../../core/host.ts';
import type { Profile } from '../../core/profile.ts';
import { type AskedSection, when } from '../../core/section.ts';
import { absent, failed, Unknown } from '../../core/unknown.ts';
import { activityOf, counters, isActive } from './activity.ts';
import { engineOf, type ImageDates, type Listed, mustBeRecent, type Version } from './engine.ts';
import { containerFields, type Found, look } from './look.ts';
import { sickLogs } from './logs.ts';
import type { Containers } from './section.ts';

/** What one engine is asked first. */
interface Engine {
  socket: string;
  file: Answer<FileFacts>;
  version: Answer<Version>;
  list: Answer<Listed[]>;
  images: Answer<ImageDates>;
}

/** Of more containers than this the rest stands with its name and state only. */
const MOST = 200;

/** The containers of every engine whose socket is here, each with one question; no process is run. */
export function collect(ask: Ask, { containers: { sockets } }: Profile): AskedSection<Containers> {
  const engines = sockets.map((socket) => engineAt(ask, socket));
  const clock = ask.clock();
  const now_s = () => clock().unix_ms / 1000;
  const found = ask.all(
    engines.flatMap(({ version, list }) => [version, list]),
    () => allFound(engines),
  );
  const looked = ask.each(found, (each) => look(ask, each));
  const change = ask.since('containers', counters(ask, looked));
  const logs = sickLogs(ask, looked, clock, change);
  const dates = once(() => new Map(engines.flatMap(({ images }) => [...(orNull(images) ?? [])])));

  return when<Containers>(() => isHere(engines), {
    engines: engines.map(({ socket, version }) => ({ socket, version })),
    containers: () => looked().map((each) => containerFields(each, dates, now_s)),
    recent: () => ({
      seconds: Math.round(change().seconds),
      containers: looked()
        .filter(isActive)
        .map((each) => activityOf(each, change())),
    }),
    logs,
  });
}

/** Asked only where its socket is, so that a machine without an engine costs nothing. */
function engineAt(ask: Ask, socket: string): Engine {
  const engine = engineOf(ask, socket);
  const file = ask.stat(socket);
  return {
    socket,
    file,
    version: ask.after(file, engine.version),
    list: ask.after(file, engine.list),
    images: ask.after(file, engine.images),
  };
}

/** All containers once, also where one socket is another name of the other. */
function allFound(engines: readonly Engine[]): Found[] {
  const answering = engines.filter((engine) => orNull(() => answers(engine)) === true);
  const all = answering.flatMap(({ socket, version, list }) => {
    const name = orNull(version)?.name ?? socket;
    const engine = /podman/i.test(name) ? ('podman' as const) : ('docker' as const);
    return list().map((each) => ({ ...each, socket, engine }));
  });
  if (answering.length === 0) answers(engines[0]);
  const known = new Map(all.map((each) => [each.id, each]));
  return [...known.values()].map((each, at) => ({ ...each, within: at < MOST }));
}

/** Whether the list may be used; throws why not. */
function answers(engine: Engine | undefined): boolean {
  if (engine === undefined) throw absent('the profile names no socket of an engine');
  // A proxy before the socket may refuse the version and give the list.
  const version = orNull(engine.version);
  if (version !== null) mustBeRecent(version);
  engine.list();
  return true;
}

function isHere(engines: readonly Engine[]): boolean | Unknown {
  const why = engines.map(whyNot);
  if (why.includes(null)) return true;
  return (
    why.find((each) => each !== null && each.kind !== 'absent') ??
    absent(`there is no socket of an engine: ${engines.map(({ socket }) => socket).join(', ')}`)
  );
}

function whyNot(engine: Engine): Unknown | null {
  try {
    answers(engine);
    return null;
  } catch (error) {
    if (!(error instanceof Unknown)) throw error;
    // A socket's file without a listener is left by an engine that ended.
    if (error.kind !== 'absent' || orNull(() => present(engine.file)) !== true) return error;
    return failed(`nobody answers at ${engine.socket}: the engine that made it has ended`);
  }
}
