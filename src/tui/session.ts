import type { Io } from '../cli/io.ts';
import type { Terminal } from '../cli/render/terminal.ts';
import { EXIT } from '../core/refusal.ts';
import type { NodeConfig } from '../fleet/node-config.ts';
import { type Effect, pressed } from './act.ts';
import { areMade, listsOf } from './content.ts';
import { copied } from './copied.ts';
import type { Fleet } from './fleet.ts';
import type { Frame, Look } from './look.ts';
import type { Rounds } from './rounds.ts';
import { saveScreen } from './save-screen.ts';
import { type ColouredPainter, colouredPainter } from './screen/coloured-painter.ts';
import { type Console, takeConsole } from './screen/console.ts';
import { type Key, type KeyDecoder, keyDecoder } from './screen/key-decoder.ts';
import type { ScreenRow } from './screen/painter.ts';
import { screenOf } from './screen.ts';
import { type Scene, sceneOf } from './scene.ts';
import { sshTo } from './ssh-to.ts';
import { stopped } from './stopped.ts';
import { TABS } from './tabs.ts';
import { firstUi, type Ui } from './ui.ts';

/** What is shown: the nodes of one environment. */
export interface Shown {
  fleet: Fleet;
  nodes: readonly NodeConfig[];
  /** Begins to read; calls back whenever there is something new to draw. */
  start(changed: () => void): Rounds;
}

/** What a session is held over. */
export interface SessionOf extends Shown {
  terminal: Terminal;
  interval_s: number;
  utc: boolean;
  /** Another environment of the inventory. */
  elsewhere(environment: string): Shown;
}

/** An ESC is the key itself if nothing follows it for so long. */
const ESCAPE_MS = 25;
/** While a round runs the spinner turns; else only the clock does. */
const TURNING_MS = 125;

/** A frame waits for lists that are not made yet at most so long before it comes without them; a key for other work at most as long as a turn. */
const PATIENCE_MS = 10;
const TURN_MS = 8;
/** So long the lists of a look may be finished although there is a newer one: while many nodes connect there always is. */
const FINISH_MS = 500;

/** What throws where nobody waits for it ends the session as well. */
const FAULTS = ['uncaughtException', 'unhandledRejection'] as const;

/** Where a session stands. */
interface Desk extends SessionOf {
  cwd: string;
  console: Console;
  painter: ColouredPainter;
  decoder: KeyDecoder;
  tops: Map<string, number>;
  ui: Ui;
  rounds: Rounds | null;
  /** Something else has the terminal. */
  away: boolean;
  /** What frames are drawn from, and since when (of this process's own clock). */
  look: Look;
  looked_ms: number;
  /** The look of which the lists of all tabs are made. */
  ready: Look | null;
  /** Lists are being made. */
  working: NodeJS.Immediate | undefined;
  due: NodeJS.Immediate | undefined;
  tick: NodeJS.Timeout | undefined;
  escape: NodeJS.Timeout | undefined;
  ended: PromiseWithResolvers<number>;
}

/** Holds the terminal until the person quits or the system ends it, and gives it back however that happens. */
export async function session(io: Io, of: SessionOf): Promise<number> {
  const desk = deskOf(io, of);
  io.signal.addEventListener('abort', () => desk.ended.resolve(EXIT.fine));
  const broke = (error: unknown) => desk.ended.reject(error);
  for (const event of FAULTS) process.on(event, broke);
  try {
    desk.console.write(desk.painter.ask());
    draw(desk);
    desk.rounds = of.start(() => soon(desk));
    return await desk.ended.promise;
  } finally {
    for (const event of FAULTS) process.off(event, broke);
    desk.rounds?.end();
    desk.painter.end();
    clearTimeout(desk.tick);
    clearTimeout(desk.escape);
    clearImmediate(desk.due);
    clearImmediate(desk.working);
    desk.console.end();
  }
}

function deskOf(io: Io, of: SessionOf): Desk {
  const ended = Promise.withResolvers<number>();
  const painter = colouredPainter(io.env, () => soon(desk));
  const decoder = keyDecoder((answer) => painter.answered(answer));
  const console = takeConsole({
    input: (text) => guarded(desk, () => heard(desk, text)),
    resized: () => soon(desk),
    drained: () => soon(desk),
    gone: () => ended.resolve(EXIT.fine),
  });
  const still = { rounds: null, away: false, ready: null, working: undefined, due: undefined, tick: undefined, escape: undefined };
  const desk: Desk = {
    ...of,
    ...still,
    ...{ cwd: io.cwd, console, painter, decoder, ended },
    ...{ look: of.fleet.look(), looked_ms: 0 },
    tops: new Map(),
    ui: firstUi(of.utc, of.interval_s),
  };
  return desk;
}

/** What throws inside ends the session, and the terminal is given back. */
function guarded(desk: Desk, work: () => void): void {
  try {
    work();
  } catch (error) {
    desk.ended.reject(error);
  }
}

function heard(desk: Desk, text: string): void {
  clearTimeout(desk.escape);
  press(desk, desk.decoder.feed(text));
  if (desk.decoder.waits) desk.escape = setTimeout(() => guarded(desk, () => press(desk, desk.decoder.flush())), ESCAPE_MS);
}

/** Many changes in a row cost one frame. */
function soon(desk: Desk): void {
  desk.due ??= setImmediate(() => guarded(desk, () => draw(desk)));
}

function draw(desk: Desk): void {
  desk.due = undefined;
  if (desk.away || desk.console.busy) return;
  const frame = frameNow(desk);
  if (areMade(desk.look, desk.ui, frame) || performance.now() - desk.looked_ms > FINISH_MS) takeLook(desk);
  desk.console.write(desk.painter.frame(rowsNow(desk, frame), frame));
  clearTimeout(desk.tick);
  work(desk);
  const turning = desk.look.progress.begun_ms !== null;
  desk.tick = setTimeout(() => soon(desk), turning ? TURNING_MS : 1000 - (frame.now_ms % 1000));
}

function takeLook(desk: Desk): void {
  const look = desk.fleet.look();
  if (desk.look !== look) desk.looked_ms = performance.now();
  desk.look = look;
}

/** Makes lists that are not made yet, a little at a time, so that keys are answered meanwhile and the first visit of a tab is as quick as the next. */
function work(desk: Desk): void {
  const tab = unmade(desk);
  if (tab === null || desk.away) return;
  desk.working ??= setImmediate(() => {
    desk.working = undefined;
    // Somebody pressed a key: their frame comes first.
    if (desk.due === undefined) guarded(desk, () => makeSome(desk, tab));
    work(desk);
  });
}

function makeSome(desk: Desk, tab: number): void {
  const [look, ui, frame] = [desk.look, { ...desk.ui, tab }, frameNow(desk, TURN_MS)];
  listsOf(look, ui, frame);
  if (tab === desk.ui.tab && areMade(look, ui, frame)) soon(desk);
}

/** The tab whose lists are to be made next: the one that is shown, then all others while no round runs; null for none. */
function unmade(desk: Desk): number | null {
  const { look, ui, ready } = desk;
  const frame = frameNow(desk, 0);
  const rest = ready === look || look.progress.begun_ms !== null ? [] : TABS.keys();
  const tab = [ui.tab, ...rest].find((each) => !areMade(look, { ...ui, tab: each }, frame));
  if (tab === undefined && look.progress.begun_ms === null) desk.ready = look;
  return tab ?? null;
}

function frameNow({ console, rounds, terminal, ui }: Desk, patience_ms = PATIENCE_MS): Frame {
  const { columns, rows } = console.size();
  return { terminal: { ...terminal, width: columns }, columns, rows, now_ms: rounds?.clock() ?? Date.now(), utc: ui.utc, patience_ms };
}

function rowsNow({ look, ui, tops }: Desk, frame: Frame): readonly ScreenRow[] {
  return screenOf(look, ui, frame, tops).rows;
}

function press(desk: Desk, keys: readonly Key[]): void {
  for (const key of keys) {
    // It is meant for what is on the screen; one that was typed ahead for what will be.
    const frame = frameNow(desk, desk.due === undefined ? 0 : Infinity);
    const { look } = desk;
    const screen = sceneOf(look, desk.ui, frame);
    bring(desk, pressed(key, { look, ui: desk.ui, frame, screen }), { frame, screen });
    soon(desk);
  }
}

/** Brings about what a key asks for. */
function bring(desk: Desk, effect: Effect, at: { frame: Frame; screen: Scene }): void {
  switch (effect.kind) {
    case 'ui':
      adopt(desk, effect.ui);
      break;
    case 'quit':
      desk.ended.resolve(EXIT.fine);
      break;
    case 'refresh':
      refresh(desk);
      break;
    case 'redraw':
      desk.painter.forget();
      break;
    case 'environment':
      go(desk, effect.name);
      break;
    case 'save':
      save(desk, effect.path, at.frame);
      break;
    default:
      outside(desk, effect.kind, at.screen);
  }
}

function refresh(desk: Desk): void {
  desk.ui = { ...desk.ui, said: desk.rounds?.now() ?? '' };
}

function adopt(desk: Desk, ui: Ui): void {
  if (ui.interval_s !== desk.ui.interval_s) desk.rounds?.every(ui.interval_s);
  desk.ui = ui;
}

/** To another environment, of which nothing is known yet; tab and interval stay. */
function go(desk: Desk, environment: string): void {
  const { tab, utc, interval_s } = desk.ui;
  desk.rounds?.end();
  Object.assign(desk, desk.elsewhere(environment));
  takeLook(desk);
  desk.ui = { ...firstUi(utc, interval_s), tab };
  desk.rounds = desk.start(() => soon(desk));
  desk.rounds.every(interval_s);
}

function save(desk: Desk, path: string, frame: Frame): void {
  desk.ui = { ...desk.ui, mode: 'browse', command: '', said: '' };
  desk.ui = { ...desk.ui, said: saveScreen(rowsNow(desk, frame), path, desk.cwd) };
}

/** What concerns the terminal as such, or hands it over. */
function outside(desk: Desk, kind: 'copy' | 'ssh' | 'stop', { step, node: name }: Scene): void {
  if (kind === 'copy') {
    const { text, said } = copied(step);
    desk.console.write(text);
    desk.ui = { ...desk.ui, said };
    return;
  }
  const node = desk.nodes.find((each) => each.name === name) ?? null;
  void leave(desk, kind === 'ssh' ? () => sshTo(node) : stopped);
}

/** Gives the terminal to something else until that is over. */
async function leave(desk: Desk, work: () => Promise<string>): Promise<void> {
  desk.away = true;
  desk.console.suspend();
  const said = await work();
  desk.console.resume();
  desk.painter.forget();
  desk.away = false;
  desk.ui = { ...desk.ui, said };
  soon(desk);
}
