/** Text of one look on the terminal. */
export interface Run {
  text: string;
  bold: boolean;
  faint: boolean;
  underlined: boolean;
  /** Foreground and background change places. */
  inverse: boolean;
  /** 30 to 37; null is the terminal's own. */
  colour: number | null;
}

const PLAIN: Omit<Run, 'text'> = { bold: false, faint: false, underlined: false, inverse: false, colour: null };

const CHANGES: Readonly<Record<number, Partial<Run>>> = {
  0: PLAIN,
  1: { bold: true },
  2: { faint: true },
  4: { underlined: true },
  7: { inverse: true },
  22: { bold: false, faint: false },
  24: { underlined: false },
  27: { inverse: false },
  39: { colour: null },
};

/** The lines of a program's output as runs of one look. It knows the signs that ward uses (SGR), and drops no other text. */
export function ansiLines(output: string): Run[][] {
  let look = PLAIN;
  return output
    .trimEnd()
    .split('\n')
    .map((line) =>
      line.split(/(\u001b\[[\d;]*m)/).flatMap((part) => {
        const codes = /^\u001b\[([\d;]*)m$/.exec(part)?.[1];
        if (codes === undefined) return part === '' ? [] : [{ ...look, text: part }];
        for (const code of codes.split(';').map(Number))
          look = { ...look, ...(code >= 30 && code <= 37 ? { colour: code } : CHANGES[code]) };
        return [];
      }),
    );
}
