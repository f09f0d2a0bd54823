import { type Answer, type Ask, known, present } from '../../core/ask.ts';
import type { Unit } from '../../core/host.ts';
import { absent, failed, unparsed } from '../../core/unknown.ts';

/** Services that keep the clock right, with the unit's names on different systems. The first one that runs is taken. */
const SERVICES: readonly [source: string, unit: string][] = [
  ['chrony', 'chrony.service'],
  ['chrony', 'chronyd.service'],
  ['timesyncd', 'systemd-timesyncd.service'],
  ['ntpd', 'ntpsec.service'],
  ['ntpd', 'ntp.service'],
  ['ntpd', 'ntpd.service'],
];

/** Which service keeps the clock, and whether it says that it succeeds. */
export function timeSync(ask: Ask): { source: () => string; synchronised: () => boolean } {
  const units = SERVICES.map(([source, name]) => ({ source, unit: ask.unit(name) }));
  const source = ask.all(
    units.map(({ unit }) => unit),
    () => running(units),
  );
  const chrony = ask.after(source, (name) => {
    if (name !== 'chrony') throw absent('chrony does not run');
    return ask.run(['chronyc', '-n', 'tracking'], leapStatus);
  });
  const timesyncd = ask.stat('/run/systemd/timesync/synchronized');
  return {
    source,
    synchronised: () => {
      if (source() === 'chrony') return chrony();
      if (source() === 'timesyncd') return present(timesyncd);
      throw absent(`${source()} is not asked whether it is in step`);
    },
  };
}

function running(units: readonly { source: string; unit: Answer<Unit> }[]): string {
  const found = units.find(({ unit }) => known(unit) && unit().active_state === 'active');
  if (found !== undefined) return found.source;
  // One that could not be asked may be the one that runs.
  for (const { unit } of units) present(unit);
  throw absent('no time service that ward knows runs here');
}

/** Of `chronyc tracking`: `Leap status     : Normal`, or another word for a clock that is in step only at a leap second. */
function leapStatus(text: string): boolean {
  const word = /^Leap status +: (.+)$/m.exec(text)?.[1];
  if (word === undefined) throw unparsed('no line Leap status');
  if (['Normal', 'Insert second', 'Delete second'].includes(word)) return true;
  if (word === 'Not synchronised') return false;
  throw failed(`leap status ${word}`);
}
