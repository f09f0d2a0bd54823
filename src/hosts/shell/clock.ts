import type { Clock } from '../../core/host.ts';
import { Unknown, unparsed } from '../../core/unknown.ts';
import { DEADLINES, seconds } from '../local/limits.ts';
import type { Shell } from './shell.ts';

/** The clock of a host. Where its date knows whole seconds only, the middle of the second is taken. */
export async function clock(shell: Shell): Promise<Clock | Unknown> {
  const ms = shell.left(DEADLINES.file);
  const reply = await shell.ask({ kind: 'clock', words: [], ms, late: `not read within ${seconds(ms)}`, bytes: 0 });
  if (reply instanceof Unknown) return reply;
  return timeIn(reply.parts[0]?.bytes.toString('utf8').trim() ?? '') ?? unparsed('its shell tells no time');
}

/** `UPTIME BOOT SECONDS.NANOSECONDS`. */
function timeIn(text: string): Clock | null {
  const [, uptime, boot_id, whole_s, millis = '500'] = /^([\d.]+) ([\da-f-]+) (\d{1,12})\.(?:(\d{3})\d*|%N)?$/.exec(text) ?? [];
  if (uptime === undefined || boot_id === undefined || whole_s === undefined) return null;
  return { unix_ms: Number(whole_s) * 1000 + Number(millis), uptime_s: Number.parseFloat(uptime), boot_id };
}
