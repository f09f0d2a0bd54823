import type { Io } from '../cli/io.ts';
import type { Terminal } from '../cli/render/terminal.ts';
import { EXIT } from '../core/refusal.ts';
import type { NodeConfig } from '../fleet/node-config.ts';
import { type Effect, pressed } from './act.ts';
import { copied } from './copied.ts';
import type { Fleet } from './fleet.ts';
import type { Frame } from './look.ts';
import type { Rounds } from './rounds.ts';
import { saveScreen } from './save-screen.ts';
import { type Screen, screenOf } from './screen.ts';
import { takeConsole } from './screen/console.ts';
import { type Key, keyDecoder } from './screen/key-decoder.ts';
import { colouredPainter } from './screen/coloured-painter.ts';
import { sshTo } from './ssh-to.ts';
import { firstUi, type Ui } from './ui.ts';

/** What a session is held over. */
export interface SessionOf {
  fleet: Fleet;
  nodes: readonly NodeConfig[];
  terminal: Terminal;
  interval_s: number;
  utc: boolean;
  /** Begins to read; calls back whenever there is something new to draw. */
  start(changed: () => void): Rounds;
}

/** An ESC is the key itself if nothing follows it for so long. */
const ESCAPE_MS = 40;
/** While a round runs the spinner turns; else only the clock does. */
const TURNING_MS = 125;

/** Holds the terminal until the person quits or the system ends it, and gives it back however that happens. */
export async function session(io: Io, of: SessionOf): Promise<number> {
  const ended = Promise.withResolvers<number>();
  const guarded =
    <Words extends unknown[]>(work: (...words: Words) => void) =>
    (...words: Words) => {
      try {
        work(...words);
      } catch (error) {
        ended.reject(error);
      }
    };
  const desk = deskOf(io, of, { guarded, quit: () => ended.resolve(EXIT.fine) });
  io.signal.addEventListener('abort', () => ended.resolve(EXIT.fine));
  try {
    desk.begin();
    return await ended.promise;
  } finally {
    desk.end();
  }
}

interface Guard {
  /** What throws inside ends the session, and the terminal is given back. */
  guarded<Words extends unknown[]>(work: (...words: Words) => void): (...words: Words) => void;
  quit(): void;
}

/** The parts of a session: keys in, frames out. */
function deskOf(io: Io, of: SessionOf, { guarded, quit }: Guard) {
  const { fleet } = of;
  const tops = new Map<string, number>();
  let ui = firstUi(of.utc, of.interval_s);
  let rounds: Rounds | null = null;
  let due: NodeJS.Immediate | undefined;
  let tick: NodeJS.Timeout | undefined;
  let escape: NodeJS.Timeout | undefined;
  let away = false;

  const painter = colouredPainter(io.env, () => soon());
  const decoder = keyDecoder((answer) => painter.answered(answer));
  const heard = (text: string) => {
    clearTimeout(escape);
    keys(decoder.feed(text));
    if (decoder.waits)
      escape = setTimeout(
        guarded(() => keys(decoder.flush())),
        ESCAPE_MS,
      );
  };
  const terminal = takeConsole({ input: guarded(heard), resized: () => soon(), drained: () => soon(), gone: quit });

  const frameNow = (): Frame => {
    const { columns, rows } = terminal.size();
    return { terminal: { ...of.terminal, width: columns }, columns, rows, now_ms: rounds?.clock() ?? Date.now(), utc: ui.utc };
  };
  const screenNow = (frame: Frame): Screen => screenOf(fleet.look(), ui, frame, tops);
  const draw = guarded(() => {
    due = undefined;
    if (away || terminal.busy) return;
    const frame = frameNow();
    terminal.write(painter.frame(screenNow(frame).rows, frame));
    clearTimeout(tick);
    const turning = fleet.look().progress.begun_ms !== null;
    tick = setTimeout(soon, turning ? TURNING_MS : 1000 - (frame.now_ms % 1000));
  });
  /** Many changes in a row cost one frame. */
  function soon(): void {
    due ??= setImmediate(draw);
  }
  const keys = (names: readonly Key[]) => {
    for (const key of names) {
      const frame = frameNow();
      effect(pressed(key, { look: fleet.look(), ui, frame, screen: screenNow(frame) }), frame);
    }
    if (names.length > 0) soon();
  };
  const effect = (what: Effect, frame: Frame) => {
    switch (what.kind) {
      case 'ui':
        changeTo(what.ui);
        break;
      case 'quit':
        quit();
        break;
      case 'refresh':
        ui = { ...ui, said: rounds?.now() ?? '' };
        break;
      case 'redraw':
        painter.forget();
        break;
      case 'save':
        ui = {
          ...ui,
          mode: 'browse',
          command: '',
          said: saveScreen(screenOf(fleet.look(), { ...ui, mode: 'browse', said: '' }, frame, tops).rows, what.path, io.cwd),
        };
        break;
      default:
        outside(what.kind, frame);
    }
  };
  const changeTo = (next: Ui) => {
    if (next.interval_s !== ui.interval_s) rounds?.every(next.interval_s);
    ui = next;
  };
  /** What concerns the terminal as such. */
  const outside = (kind: 'copy' | 'ssh' | 'stop', frame: Frame) => {
    const { step, selected, page } = screenNow(frame);
    if (kind === 'copy') {
      const { text, said } = copied(step);
      terminal.write(text);
      ui = { ...ui, said };
    } else if (kind === 'ssh') {
      const name = page === null ? (selected?.node ?? null) : page.node;
      void leave(() => sshTo(of.nodes.find((node) => node.name === name) ?? null));
    } else {
      void leave(stopped);
    }
  };
  /** Gives the terminal to something else until that is over. */
  const leave = async (work: () => Promise<string>) => {
    away = true;
    terminal.suspend();
    const said = await work();
    terminal.resume();
    painter.forget();
    away = false;
    ui = { ...ui, said };
    soon();
  };
  return {
    begin() {
      terminal.write(painter.ask());
      draw();
      rounds = of.start(soon);
    },
    end() {
      rounds?.end();
      for (const timer of [tick, escape]) clearTimeout(timer);
      clearImmediate(due);
      painter.end();
      terminal.end();
    },
  };
}

/** Stops the whole job, as Ctrl+Z does elsewhere; over once it goes on. */
function stopped(): Promise<string> {
  return new Promise((resolve) => {
    process.once('SIGCONT', () => resolve(''));
    process.kill(0, 'SIGTSTP');
  });
}
