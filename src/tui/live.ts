import type { Io } from '../cli/io.ts';
import type { LiveOf } from '../cli/live-screen.ts';
import { terminalOf } from '../cli/render/terminal.ts';
import { gather } from '../fleet/gather.ts';
import { environmentsOf, inEnvironment } from '../fleet/inventory.ts';
import { type KeptChannels, keptChannels } from '../fleet/kept-channels.ts';
import { fleetOf } from './fleet.ts';
import { startRecording, startRounds } from './rounds.ts';
import { session, type Shown } from './session.ts';

/** Shows the fleet on the whole terminal until the person quits; gives the exit code. */
export function live(io: Io, of: LiveOf): Promise<number> {
  const { inventory, interval_s, utc } = of;
  const channels = keptChannels();
  return session(io, {
    ...shownOf(io, of, channels),
    ...{ terminal: terminalOf({ isTTY: true, columns: undefined }, io.env), interval_s, utc },
    elsewhere(environment) {
      const nodes = inEnvironment(inventory, environment);
      return shownOf(io, { ...of, environment, nodes, shown: new Set(nodes.map(({ name }) => name)) }, channels);
    },
  }).finally(() => channels.close());
}

function shownOf(io: Io, of: LiveOf, channels: KeptChannels): Shown {
  const { inventory, nodes, recording, timeout_s, interval_s, agentless } = of;
  const fleet = fleetOf({ ...of, settings: inventory.settings, environments: environmentsOf(inventory) }, Date.now());
  return {
    ...{ fleet, nodes },
    start: (changed) =>
      recording !== null
        ? startRecording(fleet, recording, changed)
        : startRounds(
            fleet,
            (told) =>
              gather(inventory, nodes, {
                timeout_ms: timeout_s * 1000,
                ...(agentless ? { agentless: 'only' } : {}),
                signal: io.signal,
                ask: channels.ask,
                onProgress: ({ node, state }) => void (state === 'connected' && told.connected(node)),
                onNode: told.answered,
              }),
            { interval_s, changed },
          ),
  };
}
