/** A field of a report, and how the host itself tells the same. */
export interface Figure {
  /** `system.cpu_count`, `services.services[name=caddy].main_pid` */
  path: string;
  /** For the host's shell. */
  command: string;
  /** What the command's output says of it. */
  read: (output: string) => unknown;
  /** What the report's value is compared as, where its form is another one. */
  as?: (value: unknown) => unknown;
  /** How far a figure that moves may have moved between the two looks; nothing for one that stands. */
  within?: number;
}

/** A report as JSON gives it. */
export type Json = Readonly<Record<string, unknown>>;

const STEP = /\.?(\w+)|\[(\w+)=([^\]]*)\]/gy;

/** The value at a path; undefined where the path leads nowhere. */
export function valueAt(report: Json, path: string): unknown {
  let value: unknown = report;
  for (const [, key, by, wanted] of path.matchAll(STEP)) {
    if (key !== undefined) value = (value as Json | null | undefined)?.[key];
    else value = (value as readonly Json[] | null | undefined)?.find((item) => String(item[by ?? '']) === wanted);
  }
  return value;
}

/** The whole output as a number; NaN where it is none. */
export function number(output: string): number {
  return output.trim() === '' ? Number.NaN : Number(output);
}

/** The whole output without the space around it. */
export function word(output: string): string {
  return output.trim();
}

/** Each line, in the order of the alphabet. */
export function lines(output: string): string[] {
  return output
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .sort();
}

/** Whether the output is just this word. */
export function says(wanted: string): (output: string) => boolean {
  return (output) => output.trim() === wanted;
}

/** Whether there is any output. */
export function anything(output: string): boolean {
  return output.trim() !== '';
}

/** The texts of a list in the order of the alphabet, for `lines`. */
export function sorted(value: unknown): unknown {
  return Array.isArray(value) ? value.map(String).sort() : value;
}
