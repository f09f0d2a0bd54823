import { visible } from '../../core/clean.ts';
import { beginning } from '../render/cells.ts';
import type { Io } from '../io.ts';

/** Nothing is said of a round that is over before. */
const FIRST_MS = 500;
const EVERY_MS = 250;
/** Where nobody watches a line change, one line is enough, and only if it takes long. */
const LONG_MS = 10_000;

/** Says on standard error how far a round is. */
export interface ProgressLine {
  answered(node: string): void;
  /** Takes the line away; must be called, however the round ends. */
  end(): void;
}

/** \`12 of 60 nodes answered, waiting for ns3, web4 …\`, on one line that is written again and again, on a terminal only. */
export function progressLine(io: Io, nodes: readonly string[], done = 'nodes answered'): ProgressLine {
  const waiting = new Set(nodes);
  const tty = io.stderr.isTTY;
  let written = false;
  const text = () => {
    const names = [...waiting];
    const shown = names.slice(0, 4).map(visible).join(', ');
    return `${nodes.length - names.length} of ${nodes.length} ${done}, waiting for ${shown}${names.length > 4 ? ' …' : ''}`;
  };
  const say = () => {
    if (waiting.size === 0) return;
    io.say(tty ? `\r\x1b[K${beginning(text(), Math.max(20, (io.stderr.columns ?? 80) - 1))}` : `ward: ${text()}\n`);
    written = true;
  };
  let timer = setTimeout(tick, tty ? FIRST_MS : LONG_MS);
  function tick() {
    say();
    if (tty) timer = setTimeout(tick, EVERY_MS);
  }
  return {
    answered: (node) => void waiting.delete(node),
    end() {
      clearTimeout(timer);
      if (tty && written) io.say('\r\x1b[K');
    },
  };
}
