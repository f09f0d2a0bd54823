import type { Ink } from '../../cli/render/line.ts';
import { SGR } from '../../cli/render/paint.ts';

/** How many colours the terminal has. */
export type Depth = 'true' | '256' | '16' | 'mono';
export type Theme = 'dark' | 'light';

/** The codes of an ink on a row that is selected or not; empty for the terminal's own look. */
export interface Palette {
  sgr(ink: Ink, selected: boolean): string;
}

type Shade = 'crit' | 'warn' | 'ok' | 'accent' | 'muted' | 'bar' | 'faint' | 'sel' | 'badge';

/** Per shade and theme: red, green, blue, and the number among the 256. */
const SHADES: Readonly<Record<Shade, Readonly<Record<Theme, readonly [rgb: string, of256: number]>>>> = {
  crit: { dark: ['255;123;114', 203], light: ['194;29;36', 124] },
  warn: { dark: ['227;179;65', 179], light: ['133;83;0', 94] },
  ok: { dark: ['126;224;138', 114], light: ['26;112;53', 22] },
  accent: { dark: ['121;192;255', 111], light: ['8;88;176', 25] },
  muted: { dark: ['154;164;175', 248], light: ['89;99;110', 241] },
  bar: { dark: ['107;119;133', 243], light: ['107;118;131', 243] },
  faint: { dark: ['75;85;97', 240], light: ['195;202;210', 252] },
  sel: { dark: ['31;45;61', 236], light: ['221;235;250', 189] },
  badge: { dark: ['26;5;5', 232], light: ['255;255;255', 231] },
};

/** What an ink is made of: a shade for the text or, in a badge, behind it; and what stands before the colour. */
const MADE: Readonly<Record<Ink, readonly [shade: Shade | null, before: string, badge?: true]>> = {
  plain: [null, ''],
  strong: [null, '1'],
  crit: ['crit', '1'],
  warn: ['warn', ''],
  'hot-crit': ['crit', '1'],
  'hot-warn': ['warn', '1'],
  ok: ['ok', ''],
  accent: ['accent', ''],
  match: ['accent', '4'],
  muted: ['muted', ''],
  bar: ['bar', ''],
  faint: ['faint', ''],
  'badge-crit': ['crit', '1', true],
  'badge-warn': ['warn', '1', true],
  'badge-ok': ['ok', '1', true],
  'badge-accent': ['accent', '1', true],
  'badge-muted': ['muted', '1', true],
  'bar-crit': ['crit', ''],
  'bar-warn': ['warn', ''],
};

/** The palette for so many colours on such a background; in 16 colours and without, the one of the one-shot commands. */
export function paletteOf(depth: Depth, theme: Theme): Palette {
  const made = new Map<string, string>();
  const sgr = depth === '16' || depth === 'mono' ? fewColours(depth) : manyColours(depth, theme);
  return {
    sgr(ink, selected) {
      const key = selected ? `${ink}*` : ink;
      const known = made.get(key) ?? sgr(ink, selected);
      made.set(key, known);
      return known;
    },
  };
}

/** A selected row is shown reversed, and then has no colours. */
function fewColours(depth: '16' | 'mono'): Palette['sgr'] {
  return (ink, selected) => (selected ? joined('7', SGR[ink][1].replace(/^7$|^2$/, '')) : SGR[ink][depth === '16' ? 0 : 1]);
}

function manyColours(depth: 'true' | '256', theme: Theme): Palette['sgr'] {
  const code = (layer: 38 | 48, shade: Shade) => {
    const [rgb, of256] = SHADES[shade][theme];
    return depth === 'true' ? `${layer};2;${rgb}` : `${layer};5;${of256}`;
  };
  return (ink, selected) => {
    const [shade, before, badge] = MADE[ink];
    if (badge === true && shade !== null) return joined(before, code(38, 'badge'), code(48, shade));
    return joined(before, shade === null ? '' : code(38, shade), selected ? code(48, 'sel') : '');
  };
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(';');
}

/** What the environment says of the colours: NO_COLOR, TERM and COLORTERM. */
export function depthOf(env: NodeJS.ProcessEnv): Depth {
  if ((env['NO_COLOR'] ?? '') !== '') return 'mono';
  if (/^(truecolor|24bit)$/i.test(env['COLORTERM'] ?? '')) return 'true';
  if (/-(direct|truecolor)/.test(env['TERM'] ?? '')) return 'true';
  return /256/.test(env['TERM'] ?? '') ? '256' : '16';
}
