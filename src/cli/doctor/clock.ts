import { type Examined, ok } from './examined.ts';

interface Time {
  time_synchronised: boolean | null;
  time_source: string | null;
}

/** Whether something keeps this machine's clock in step: the clocks of all others are held against it. */
export async function examineClock(): Promise<Examined> {
  const check = 'clock';
  const { localReport } = await import('../../agent/report.ts');
  const { system, unknown } = await localReport(['system']);
  const time = system as Time | null;
  if (time?.time_synchronised === true) return ok(check, `The clock is in step (${time.time_source ?? 'its source is not known'})`);
  const next = 'Install and start a time service, such as chrony; then: timedatectl';
  if (time?.time_synchronised === false)
    return { check, state: 'warning', message: `The clock is not in step: ${time.time_source ?? 'its service'} says so`, next };
  const why = unknown.find(({ path }) => /^system\.time_s|^system$/.test(path))?.reason ?? 'nobody says';
  return { check, state: 'unknown', message: `Whether the clock is in step is not known: ${why}`, next: 'timedatectl' };
}
