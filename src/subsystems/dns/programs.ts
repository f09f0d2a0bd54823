import type { Answer } from '../../core/ask.ts';
import type { JournalLine, Unit } from '../../core/host.ts';
import { installed, told } from '../../core/presence.ts';
import type { Fields } from '../../core/section.ts';
import type { Dns } from './section.ts';

type ProgramFields = Pick<
  Dns,
  'coredns_active' | 'coredns_enabled' | 'caddy_active' | 'caddy_enabled' | 'coredns_mem_mb' | 'coredns_restarts' | 'log_errors_5m'
>;

/** The mark of CoreDNS's own log, at a line's beginning: a name that was asked for may hold the word too. */
const ERROR_LINE = /^(?:\S{1,40} )?\[(?:ERROR|FATAL|PANIC)\]/;

/** What systemd and the journal say of CoreDNS and Caddy. */
export function programFields(coredns: Answer<Unit>, caddy: Answer<Unit>, log: Answer<JournalLine[]>): Fields<ProgramFields> {
  return {
    coredns_active: () => isActive(coredns()),
    coredns_enabled: () => isEnabled(coredns()),
    caddy_active: () => isActive(caddy()),
    caddy_enabled: () => isEnabled(caddy()),
    coredns_mem_mb: () => Math.round(told(installed(coredns()).memory_bytes, 'the memory of CoreDNS') / 2 ** 20),
    coredns_restarts: () => told(installed(coredns()).n_restarts, 'the restarts of CoreDNS'),
    log_errors_5m: () => log().filter(({ text }) => ERROR_LINE.test(text)).length,
  };
}

function isActive(unit: Unit): boolean {
  return installed(unit).active_state === 'active';
}

function isEnabled(unit: Unit): boolean {
  return installed(unit).unit_file_state.startsWith('enabled');
}
