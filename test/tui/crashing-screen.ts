import { run } from '../../src/cli/run.ts';
import { session } from '../../src/tui/session.ts';
import { fleetFor } from './story.ts';

/** The live screen, whole, but for a fleet that throws on SIGUSR2: inside the next frame, or where nobody waits for it. */
const [where] = process.argv.slice(2);
const known = fleetFor(['ns1']);
let broken = false;
const look = () => {
  if (broken && where === 'frame') throw new Error('this frame cannot be drawn');
  return known.look();
};

process.exit(
  await run(
    ['monitor', 'live'],
    async () => (io) =>
      session(io, {
        ...{ fleet: { ...known, look }, nodes: [], terminal: { width: null, colours: 'colour', ascii: false }, interval_s: 30, utc: true },
        elsewhere: () => {
          throw new Error('there is no other');
        },
        start(changed) {
          process.on('SIGUSR2', () => {
            broken = true;
            if (where === 'promise') void Promise.reject(new Error('nobody waits for this'));
            else changed();
          });
          return { now: () => '', every: () => undefined, clock: Date.now, end: () => undefined };
        },
      }),
  ),
);
