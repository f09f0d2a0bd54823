/** What the reader's terminal can show. */
export interface Terminal {
  /** Cells in a line; null where nothing may be cut or wrapped, because no person looks at it directly. */
  width: number | null;
  /** `mono` has bold, faint and reverse, but no colour; `none` has no escape sequence at all. */
  colours: 'colour' | 'mono' | 'none';
  /** Signs and letters of ASCII only. */
  ascii: boolean;
}

const NARROWEST = 40;

/** What a stream and the environment say of the terminal behind it: NO_COLOR, FORCE_COLOR, TERM, WARD_ASCII and the locale. */
export function terminalOf(stream: { isTTY: boolean; columns: number | undefined }, env: NodeJS.ProcessEnv): Terminal {
  const tty = stream.isTTY;
  const dumb = env['TERM'] === 'dumb';
  return {
    width: tty ? Math.max(NARROWEST, stream.columns ?? 80) : null,
    colours: coloursOf(tty && !dumb, env),
    ascii: dumb || isSet(env['WARD_ASCII']) || !isUtf8(env),
  };
}

function coloursOf(capable: boolean, env: NodeJS.ProcessEnv): Terminal['colours'] {
  if (isSet(env['FORCE_COLOR'])) return 'colour';
  if (!capable) return 'none';
  return (env['NO_COLOR'] ?? '') === '' ? 'colour' : 'mono';
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}

function isUtf8(env: NodeJS.ProcessEnv): boolean {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => value !== undefined && value !== '') ?? '';
  return /utf-?8/i.test(locale);
}
