import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ScreenRow } from './screen/painter.ts';

/** The rows as text, without blanks at their ends. */
export function screenText(rows: readonly ScreenRow[]): string {
  return rows
    .map(
      ({ line }) =>
        `${line
          .map(({ text }) => text)
          .join('')
          .trimEnd()}\n`,
    )
    .join('');
}

/** Writes the screen to a new file that only the person can read; gives a sentence on how that went. */
export function saveScreen(rows: readonly ScreenRow[], path: string, cwd: string): string {
  try {
    writeFileSync(resolve(cwd, path), screenText(rows), { flag: 'wx', mode: 0o600 });
    return `Saved in ${path}`;
  } catch (error) {
    return `Not saved: ${error instanceof Error ? error.message : String(error)}`;
  }
}
