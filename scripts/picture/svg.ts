import type { Run } from './ansi-lines.ts';

const CELL = { width: 8.4, height: 19 };
const MARGIN = 18;
const GROUND = '#0d1117';
const TEXT = '#d7dde4';
const FAINT = '#8b949e';
/** As a dark terminal shows its colours 31 to 36. */
const COLOURS: Readonly<Record<number, string>> = {
  31: '#ff7b72',
  32: '#7ee08a',
  33: '#e3b341',
  34: '#79c0ff',
  35: '#d2a8ff',
  36: '#79c0ff',
};

/** A picture of terminal lines. Each run is set to the width of its cells, so that columns hold in any font. */
export function svgOf(lines: readonly (readonly Run[])[], title: string): string {
  const columns = Math.max(...lines.map((line) => line.reduce((sum, { text }) => sum + cells(text), 0)));
  const width = Math.ceil(columns * CELL.width + 2 * MARGIN);
  const height = Math.ceil(lines.length * CELL.height + 2 * MARGIN);
  const rows = lines.flatMap((line, at) => row(line, MARGIN + at * CELL.height));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${GROUND}"/>`,
    '<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', monospace" font-size="14" xml:space="preserve">',
    ...rows,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function row(line: readonly Run[], top: number): string[] {
  let column = 0;
  return line.flatMap((run) => {
    const left = MARGIN + column * CELL.width;
    const width = cells(run.text) * CELL.width;
    column += cells(run.text);
    const colour = run.colour === null ? (run.faint ? FAINT : TEXT) : (COLOURS[run.colour] ?? TEXT);
    const place = `x="${left.toFixed(1)}" y="${(top + 14).toFixed(1)}" textLength="${width.toFixed(1)}" lengthAdjust="spacingAndGlyphs"`;
    const look = `${run.bold ? ' font-weight="bold"' : ''}${run.underlined ? ' text-decoration="underline"' : ''}`;
    const ground = run.inverse
      ? [`<rect x="${left.toFixed(1)}" y="${top.toFixed(1)}" width="${width.toFixed(1)}" height="${CELL.height}" fill="${colour}"/>`]
      : [];
    if (run.text.trim() === '') return ground;
    return [...ground, `<text ${place} fill="${run.inverse ? GROUND : colour}"${look}>${escaped(run.text)}</text>`];
  });
}

/** ward's own output has signs of one cell each. */
function cells(text: string): number {
  return [...text].length;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
