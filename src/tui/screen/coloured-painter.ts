import { ASK_BACKGROUND, themeAnswered, themeOf } from './background.ts';
import { depthOf, paletteOf } from './palette.ts';
import { type Painter, painterOf, type ScreenRow, type Size } from './painter.ts';

/** A terminal that does not tell its background in this time is taken for what the environment says, else for dark. */
const WAIT_MS = 100;

/** A painter that asks the terminal for its background first, and paints nothing until it knows or has waited long enough. */
export interface ColouredPainter extends Painter {
  /** What to write to ask; empty where there is nothing to ask. */
  ask(): string;
  /** The terminal answered something. */
  answered(answer: string): void;
  end(): void;
}

/** The painter for what the environment says of colours; `ready` is called when it begins to paint. */
export function colouredPainter(env: NodeJS.ProcessEnv, ready: () => void): ColouredPainter {
  const depth = depthOf(env);
  const told = themeOf(env);
  let painter = painterOf(paletteOf(depth, told?.theme ?? 'dark'));
  const asks = (depth === 'true' || depth === '256') && told?.sure !== true;
  let waiting: NodeJS.Timeout | undefined;
  const settled = () => {
    clearTimeout(waiting);
    waiting = undefined;
    ready();
  };
  return {
    ask() {
      if (!asks) return '';
      waiting = setTimeout(settled, WAIT_MS);
      return ASK_BACKGROUND;
    },
    answered(answer) {
      const theme = themeAnswered(answer);
      if (theme === null || !asks) return;
      painter = painterOf(paletteOf(depth, theme));
      settled();
    },
    frame: (rows: readonly ScreenRow[], size: Size) => (waiting === undefined ? painter.frame(rows, size) : ''),
    forget: () => painter.forget(),
    end: () => clearTimeout(waiting),
  };
}
