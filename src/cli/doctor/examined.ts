/** What was found of one thing on this machine. */
export interface Examined {
  /** `ssh`, `keys` … */
  check: string;
  /** problem: ward cannot do its work; warning: it can, but something is not as it should be. */
  state: 'ok' | 'warning' | 'problem' | 'unknown';
  /** One sentence. */
  message: string;
  /** How to mend it: a command or a sentence; empty where nothing is wrong. */
  next: string;
}

/** What every examination may know. */
export interface Patient {
  env: NodeJS.ProcessEnv;
  home: string;
  /** Of the built ward. */
  folder: string;
}

/** Nothing to mend. */
export function ok(check: string, message: string): Examined {
  return { check, state: 'ok', message, next: '' };
}
