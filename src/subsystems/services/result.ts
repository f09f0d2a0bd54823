/** How a unit ended, by systemd's own word for it (systemd.exec(5), $SERVICE_RESULT), in a half sentence; empty where nothing is known. */
export function endedBy(unit: { result: string | null; exit_status: number | null } | null): string {
  if (unit === null || unit.result === null || unit.result === 'success') return '';
  const words = RESULTS[unit.result] ?? ((_status: number | null) => `systemd says ${unit.result}`);
  return `: ${words(unit.exit_status)}`;
}

const RESULTS: Readonly<Record<string, (status: number | null) => string>> = {
  'exit-code': (status) => `it ended with exit status ${status ?? '?'}`,
  signal: (status) => `it was ended by signal ${status ?? '?'}`,
  'core-dump': (status) => `it crashed by signal ${status ?? '?'}`,
  timeout: () => 'it did not start or stop in time',
  watchdog: () => 'it gave no sign of life to its watchdog',
  'oom-kill': () => 'it was killed for lack of memory',
  'start-limit-hit': () => 'it was started too often in a row',
  resources: () => 'systemd could not get what it needs to start it',
  protocol: () => 'it did not start as its unit says',
};
