import { readFileSync } from 'node:fs';
import type { Clock } from '../../core/host.ts';
import { unparsed, type Unknown } from '../../core/unknown.ts';

/** The time of day, and that since the boot, by proc(5): the first word of /proc/uptime counts in seconds. */
export function clock(): Clock | Unknown {
  const uptime_s = Number.parseFloat(readFileSync('/proc/uptime', 'utf8'));
  const boot_id = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  if (!Number.isFinite(uptime_s) || boot_id === '') return unparsed('/proc/uptime has no number');
  return { unix_ms: Date.now(), uptime_s, boot_id };
}
