import type { NodeSnapshot, Snapshot } from '../core/snapshot.ts';
import type { Recording } from '../fleet/replay.ts';
import type { Fleet } from './fleet.ts';

/** Takes one round; tells of nodes as they answer. */
export type Take = (told: { connected(name: string): void; answered(node: NodeSnapshot): void }) => Promise<Snapshot>;

/** Rounds that follow each other until they are ended, each begun only when the last is over. */
export interface Rounds {
  /** Begins the next round now, unless one runs; gives a sentence where it does not. */
  now(): string;
  /** Seconds between the beginnings of two rounds. */
  every(seconds: number): void;
  /** The time as the rounds have it, in Unix milliseconds: a recording's own for a recording. */
  clock(): number;
  end(): void;
}

/** Between two rounds there is at least this long. */
const BREATH_MS = 500;
/** Answers are shown this long after the first that is not yet, so that many at once cost one drawing. */
const GATHERED_MS = 150;
/** Of the time, the share that looking at what came so far may take: large fleets are judged less often while they answer. */
const SHARE = 10;

/** Where the rounds stand. */
interface Running {
  fleet: Fleet;
  take: Take;
  changed: () => void;
  seconds: number;
  running: boolean;
  ended: boolean;
  timer: NodeJS.Timeout | undefined;
}

/** Starts with a round at once. `changed` is called whenever there is something new to draw. */
export function startRounds(fleet: Fleet, take: Take, { interval_s, changed }: { interval_s: number; changed: () => void }): Rounds {
  const state: Running = { fleet, take, changed, seconds: interval_s, running: false, ended: false, timer: undefined };
  begin(state);
  return {
    now() {
      if (state.running) return 'A round runs already.';
      begin(state);
      return '';
    },
    clock: Date.now,
    every(seconds) {
      state.seconds = seconds;
      if (!state.running) plan(state, Date.now() + seconds * 1000);
    },
    end() {
      state.ended = true;
      clearTimeout(state.timer);
    },
  };
}

function begin(state: Running): void {
  clearTimeout(state.timer);
  if (!state.running && !state.ended) void round(state);
}

async function round(state: Running): Promise<void> {
  const { changed } = state;
  state.running = true;
  const begun_ms = Date.now();
  state.fleet.begin(begun_ms);
  changed();
  await taken(state);
  state.running = false;
  if (state.ended) return;
  plan(state, Math.max(Date.now() + BREATH_MS, begun_ms + state.seconds * 1000));
  changed();
}

/** One round with what comes of it; one that fails leaves what was there. */
async function taken({ fleet, take, changed }: Running): Promise<void> {
  const partly = partial(fleet, changed);
  try {
    const snapshot = await take({
      connected: (name) => fleet.connected(name),
      answered(node) {
        fleet.answered(node);
        partly.soon();
      },
    });
    partly.end();
    await fleet.end(snapshot);
  } catch (error) {
    fleet.failed(error instanceof Error ? error.message : String(error));
  } finally {
    partly.end();
  }
}

function plan(state: Running, next_ms: number): void {
  clearTimeout(state.timer);
  state.fleet.planned(next_ms, state.seconds);
  state.timer = setTimeout(() => begin(state), next_ms - Date.now());
}

/** Shows a recording: all its rounds one after the other, at once; the clock goes on from the time of the last. */
export function startRecording(fleet: Fleet, recording: Recording, changed: () => void): Rounds {
  let ended = false;
  let [recorded_ms, real_ms] = [Date.now(), Date.now()];
  const read = async () => {
    fleet.begin(recorded_ms);
    for (let at = 0; at < recording.rounds && !ended; at += 1) {
      const snapshot = await recording.round(at);
      await fleet.end(snapshot);
      [recorded_ms, real_ms] = [snapshot.taken_at_ms, Date.now()];
    }
    changed();
  };
  void read().catch((error: unknown) => {
    fleet.failed(error instanceof Error ? error.message : String(error));
    changed();
  });
  return {
    now: () => 'This is a recording: there is nothing to read anew.',
    every: () => undefined,
    clock: () => recorded_ms + (Date.now() - real_ms),
    end() {
      ended = true;
    },
  };
}

/** Looks at what came so far, now and then. */
function partial(fleet: Fleet, changed: () => void) {
  let timer: NodeJS.Timeout | undefined;
  let wait_ms = GATHERED_MS;
  let over = false;
  const look = async () => {
    const begun_ms = performance.now();
    await fleet.refresh(Date.now());
    timer = undefined;
    changed();
    wait_ms = Math.max(GATHERED_MS, (performance.now() - begun_ms) * SHARE);
  };
  return {
    soon: () => {
      if (!over) timer ??= setTimeout(() => void look(), wait_ms);
    },
    end() {
      over = true;
      clearTimeout(timer);
    },
  };
}
