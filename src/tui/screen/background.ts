import type { Theme } from './palette.ts';

/** Asks the terminal for the colour of its background; it answers on its input, if at all. */
export const ASK_BACKGROUND = '\x1b]11;?\x1b\\';

/** What the environment says of the background: WARD_THEME wins over all, COLORFGBG is a guess; null where neither says anything. */
export function themeOf(env: NodeJS.ProcessEnv): { theme: Theme; sure: boolean } | null {
  const wanted = env['WARD_THEME'];
  if (wanted === 'dark' || wanted === 'light') return { theme: wanted, sure: true };
  const [, back] = /;(\d{1,2})$/.exec(env['COLORFGBG'] ?? '') ?? [];
  return back === undefined ? null : { theme: back === '7' || back === '15' ? 'light' : 'dark', sure: false };
}

/** The terminal's answer to ASK_BACKGROUND; null if it is an answer to something else. */
export function themeAnswered(answer: string): Theme | null {
  const [, ...rgb] = /^\x1b\]11;rgba?:([0-9a-f]{1,4})\/([0-9a-f]{1,4})\/([0-9a-f]{1,4})/i.exec(answer) ?? [];
  const [red, green, blue] = rgb.map((part) => Number.parseInt(part, 16) / (16 ** part.length - 1));
  if (red === undefined || green === undefined || blue === undefined) return null;
  return 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 ? 'light' : 'dark';
}
