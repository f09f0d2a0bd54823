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

/** Answers are shown this long after the first that is not yet, so that many at once cost one drawing. */
const GATHERED_MS = 150;
/** Of the time, the share that looking at what came so far may take: large fleets are judged less often while they answer. */
const SHARE = 10;

/** Starts with a round at once. `changed` is called whenever there is something new to draw. */
export function startRounds(fleet: Fleet, take: Take, { interval_s, changed }: { interval_s: number; changed: () => void }): Rounds {
  let seconds = interval_s;
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let ended = false;
  const round = async () => {
    running = true;
    const begun_ms = Date.now();
    fleet.begin(begun_ms);
    changed();
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
      if (!ended) fleet.end(snapshot);
    } catch (error) {
      partly.end();
      fleet.failed(error instanceof Error ? error.message : String(error));
    }
    running = false;
    if (ended) return;
    const next_ms = Math.max(Date.now() + 500, begun_ms + seconds * 1000);
    fleet.planned(next_ms, seconds);
    timer = setTimeout(begin, next_ms - Date.now());
    changed();
  };
  const begin = () => {
    clearTimeout(timer);
    if (!running && !ended) void round();
  };
  begin();
  return {
    now() {
      if (running) return 'A round runs already.';
      begin();
      return '';
    },
    clock: Date.now,
    every(next) {
      seconds = next;
      if (running) return;
      clearTimeout(timer);
      fleet.planned(Date.now() + seconds * 1000, seconds);
      timer = setTimeout(begin, seconds * 1000);
    },
    end() {
      ended = true;
      clearTimeout(timer);
    },
  };
}

/** Shows a recording: all its rounds one after the other, at once; the clock goes on from the time of the last. */
export function startRecording(fleet: Fleet, recording: Recording, changed: () => void): Rounds {
  let ended = false;
  let [recorded_ms, real_ms] = [Date.now(), Date.now()];
  const read = async () => {
    fleet.begin(recorded_ms);
    for (let at = 0; at < recording.rounds && !ended; at += 1) {
      const snapshot = await recording.round(at);
      fleet.end(snapshot);
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
  const look = () => {
    timer = undefined;
    const begun_ms = performance.now();
    fleet.refresh(Date.now());
    changed();
    wait_ms = Math.max(GATHERED_MS, (performance.now() - begun_ms) * SHARE);
  };
  return {
    soon: () => {
      timer ??= setTimeout(look, wait_ms);
    },
    end: () => clearTimeout(timer),
  };
}
