const STEP = 1024;
const LETTERS = ['B', 'K', 'M', 'G', 'T', 'P', 'E'] as const;

function scaled(bytes: number): [string, number] {
  let value = Math.abs(bytes);
  let power = 0;
  while (value >= STEP * 0.9995 && power < LETTERS.length - 1) {
    value /= STEP;
    power += 1;
  }
  const text = power === 0 || value >= 9.95 ? String(Math.round(value)) : value.toFixed(1);
  return [(bytes < 0 ? '-' : '') + text, power];
}

/** For tables, as `df -h` prints: `640M`, `1.1G`, `0`. */
export function size(bytes: number): string {
  const [text, power] = scaled(bytes);
  return power === 0 ? text : text + LETTERS[power];
}

/** For sentences: `7.0 GiB`, `12 MiB`, `512 bytes`. */
export function sizeInWords(bytes: number): string {
  const [text, power] = scaled(bytes);
  return power === 0 ? `${text} bytes` : `${text} ${LETTERS[power]}iB`;
}

/** `135K/s` for tables. */
export function rate(bytesPerSecond: number): string {
  return `${size(bytesPerSecond)}/s`;
}

/** `91%`; one decimal below 10 where `fine` is asked for: `8.2%`. */
export function percent(value: number, fine = false): string {
  return `${fine && value < 10 && value !== 0 ? value.toFixed(1) : Math.round(value)}%`;
}

/** `4,812`. */
export function count(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}

const AGES: readonly [name: string, seconds: number][] = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
];

function parts(seconds: number): [name: string, count: number][] {
  const whole = Math.max(0, Math.round(seconds));
  const first = AGES.findIndex(([, unit]) => whole >= unit);
  const at = first === -1 ? AGES.length - 1 : first;
  const [name, unit] = AGES[at] ?? ['s', 1];
  const high = Math.floor(whole / unit);
  const next = AGES[at + 1];
  const low = next === undefined ? 0 : Math.floor((whole - high * unit) / next[1]);
  // A second unit says nothing any more beside a large first one.
  return next === undefined || low === 0 || high >= 10
    ? [[name, high]]
    : [
        [name, high],
        [next[0], low],
      ];
}

/** For tables: `12s`, `1m52s`, `12m`, `3d4h`, `118d`. */
export function age(seconds: number): string {
  return parts(seconds)
    .map(([name, value], index) => (index === 1 && name === 's' ? String(value).padStart(2, '0') : value) + name)
    .join('');
}

const WORDS: Record<string, string> = { d: 'days', h: 'h', m: 'min', s: 's' };

/** For sentences: `1 h 17 min`, `41 days`. */
export function ageInWords(seconds: number): string {
  return parts(seconds)
    .map(([name, value]) => `${value} ${name === 'd' && value === 1 ? 'day' : WORDS[name]}`)
    .join(' ');
}

/** `1 warning`, `2 warnings`. */
export function many(value: number, one: string, more = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : more}`;
}

/** `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
