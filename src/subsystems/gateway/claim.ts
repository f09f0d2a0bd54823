import type { Json } from '../../core/json.ts';
import type { Asked } from '../../core/section.ts';
import { absent, unparsed } from '../../core/unknown.ts';
import type { GatewayPart } from './section.ts';

/** More than a gateway stands on. */
const MOST_PARTS = 50;

/** What the gateway says of each thing that it stands on: `subsystems` of newer ones, the `checks` of its client in older ones. */
export function partsOf(health: Json): Record<string, Asked<GatewayPart>> {
  const told = health.at('subsystems').or(health.at('client', 'checks'));
  if (!told.given) throw absent('this gateway does not tell of its subsystems');
  return Object.fromEntries(told.entries.slice(0, MOST_PARTS).map(([name, entry]) => [name.slice(0, 80), partOf(entry)]));
}

/** A word alone, or an object with status, latency and error. */
function partOf(entry: Json): Asked<GatewayPart> {
  if (typeof entry.value === 'string') return { status: entry.value.slice(0, 80), latency: absent('it tells no latency'), error: '' };
  const { value: error } = entry.at('error');
  const { value: latency } = entry.at('latency').or(entry.at('latency_ms'));
  return {
    status: entry.at('status').text.slice(0, 80),
    latency: typeof latency === 'string' || typeof latency === 'number' ? String(latency).slice(0, 80) : absent('it tells no latency'),
    error: typeof error === 'string' ? error.slice(0, 200) : '',
  };
}

/** RFC 3339, when it last looked. */
export function claimTime(health: Json): string {
  const told = health.at('last_updated').or(health.at('client', 'last_updated'));
  if (!told.given) throw absent('this gateway does not say when it looked');
  if (!/^\d{4}-\d\d-\d\dT[\d:.]{8,18}(Z|[+-]\d\d:\d\d)$/.test(told.text) || Number.isNaN(Date.parse(told.text)))
    throw unparsed('last_updated is no time');
  return told.text;
}

/** Words that claim health; empty is what an idle one says. */
export function isWell(status: string): boolean {
  return ['ok', 'healthy', 'up', ''].includes(status.toLowerCase());
}
