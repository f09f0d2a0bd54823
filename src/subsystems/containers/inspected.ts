import { type Json, json } from '../../core/json.ts';
import { unparsed } from '../../core/unknown.ts';

/** What `GET /containers/ID/json` tells; each field is read when it is called. */
export type Inspected = Json;

/** The answer, if it is a container's. */
export function inspectedIn(body: string): Inspected {
  const told = json(body);
  if (!told.at('State').given) throw unparsed('State is missing');
  return told;
}

/** Unix seconds; null for the engines' zero time, the year 1. */
export function unixSeconds(at: Json): number | null {
  const ms = Date.parse(at.text);
  if (Number.isNaN(ms)) throw unparsed(`${at.path} is no time`);
  return ms <= 0 ? null : ms / 1000;
}

/** Whether the container writes to a terminal: then its log has no frames. */
export function hasTerminal(told: Inspected): boolean {
  return told.at('Config', 'Tty').given && told.at('Config', 'Tty').boolean;
}

/** As Docker's command line writes it: `on-failure:3`. */
export function restartPolicy(told: Inspected): string {
  const policy = told.at('HostConfig', 'RestartPolicy');
  const name = policy.at('Name').text;
  const most = policy.at('MaximumRetryCount');
  return `${name === '' ? 'no' : name}${name === 'on-failure' && most.given && most.number > 0 ? `:${most.number}` : ''}`;
}

/** How many cores it may use; 0 for all. */
export function cpuLimit(told: Inspected): number {
  const limits = told.at('HostConfig');
  const value = (name: string) => (limits.at(name).given ? limits.at(name).number : 0);
  if (value('NanoCpus') > 0) return value('NanoCpus') / 1e9;
  // 100 ms is the kernel's own period where none is set.
  return value('CpuQuota') > 0 ? value('CpuQuota') / (value('CpuPeriod') || 100_000) : 0;
}
