/** How long a question may take at most, in milliseconds. */
export const DEADLINES = {
  command: 4_000,
  http: 3_000,
  exchange: 3_000,
  lookup: 2_000,
  certificate: 3_000,
  file: 2_000,
  systemd: 3_000,
  owners: 2_000,
} as const;

/** How long a question of this kind may still take, in whole milliseconds: no longer than its own deadline, and than what is left of the report. */
export type Left = (ms: number) => number;

export const MIB = 1024 * 1024;

/** `1 MiB`, `1.5 s`: the limits in sentences. */
export const mib = (bytes: number): string => `${bytes / MIB} MiB`;
export const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;
