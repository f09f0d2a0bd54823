import { type Ask, type Change, once } from '../../core/ask.ts';
import type { Asked } from '../../core/section.ts';
import { absent, unparsed } from '../../core/unknown.ts';
import type { DiskIo } from './section.ts';

/** What was counted for a device since boot: sectors of 512 bytes, and the milliseconds in which it had work. */
export interface Counted {
  read: number;
  written: number;
  busy_ms: number;
}

/** No disks, though they stand among the whole devices. */
const NO_DISK = /^(loop|ram|zram|sr|fd|nbd)\d/;

/** Rates of every whole device: those of /sys/block, where partitions are not. */
export function diskIo(ask: Ask): () => Asked<DiskIo>[] {
  const whole = ask.list('/sys/block');
  const change = ask.change('system.disk-io', (at) => at.read('/proc/diskstats', diskstats));
  return () =>
    whole()
      .filter((device) => !NO_DISK.test(device))
      .sort()
      .map((device) => rates(device, change));
}

function rates(device: string, change: () => Change<Record<string, Counted>>): Asked<DiskIo> {
  const perSecond = once(() => {
    const { before, now, seconds } = change();
    const [earlier, later] = [before[device], now[device]];
    if (later === undefined) throw absent(`/proc/diskstats does not list ${device}`);
    if (earlier === undefined) throw absent('no earlier look at this device');
    return (counter: keyof Counted) => {
      if (later[counter] < earlier[counter]) throw unparsed(`/proc/diskstats: counter ${counter} of ${device} went back`);
      return (later[counter] - earlier[counter]) / seconds;
    };
  });
  return {
    device,
    read_bytes_per_s: () => Math.round(perSecond()('read') * 512),
    write_bytes_per_s: () => Math.round(perSecond()('written') * 512),
    busy_pct: () => Math.min(100, Math.round(perSecond()('busy_ms') / 10)),
  };
}

/** The counters of /proc/diskstats (Documentation/admin-guide/iostats.rst of the kernel) by device. */
export function diskstats(text: string): Record<string, Counted> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) throw unparsed('no device at all');
  return Object.fromEntries(
    lines.map((line) => {
      const [, , name, , , read, , , , written, , , busy_ms] = line.trim().split(/ +/);
      const counted = { read: Number(read), written: Number(written), busy_ms: Number(busy_ms) };
      if (name === undefined || !Object.values(counted).every(Number.isSafeInteger)) throw unparsed('a line is none of diskstats');
      return [name, counted];
    }),
  );
}
