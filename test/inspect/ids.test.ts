import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checksPage } from '../../scripts/docs/checks-page.ts';
import { CHECKS } from '../../src/inspect/defined-checks.ts';

/** What Orama's inspector calls its checks. */
const KNOWN: Readonly<Record<string, string>> = {
  rqlite:
    'responsive readyz status_parsed raft_state leader_known voter num_peers commit_applied_gap last_contact log_term_match db_fsm_sync snapshot_recent has_snapshot db_size version goroutines memory all_reachable strong_read query_errors execute_errors leader_not_found snapshot_errors client_health single_leader term_consistent leader_agreement index_convergence version_consistent db_size_convergence quorum',
  olric: 'service_active memberlist_port restarts memory log_suspects log_flapping log_errors all_active all_memberlist',
  ipfs: 'daemon_active cluster_active swarm_peers cluster_peers cluster_errors repo_size kubo_version cluster_version swarm_key bootstrap_empty kubo_version_consistent cluster_version_consistent repo_convergence',
  dns: 'coredns_active caddy_active port_53 port_80 port_443 coredns_memory coredns_restarts coredns_log_errors corefile_exists soa_resolves ns_resolves wildcard_resolves base_a_resolves tls_base tls_wildcard all_ns_active',
  wg: 'interface_up service_active correct_ip listen_port peer_count mtu config_exists config_perms peer_allowed_ip peer_catch_all handshake_all handshake_fresh peer_traffic peer_count_consistent mtu_consistent key_uniqueness',
  system: 'svc_* no_failed_units memory disk load oom swap uptime inodes ufw process_user panics port_5001 port_3322 port_6001 port_4501',
  network: 'internet default_route wg_route tcp_established tcp_timewait tcp_retrans wg_mesh_ping',
  anyone:
    'relay_active client_active socks_listening control_listening bootstrapped orport_listening fingerprint nickname orport_reachable',
  namespace: 'rqlite_up rqlite_ready olric_up gateway_up quorum',
};

describe('the ids of checks', () => {
  it('are those that people know from the original', () => {
    const ids = new Set(CHECKS.map(({ id }) => id));
    const wanted = Object.entries(KNOWN).flatMap(([prefix, names]) => names.split(' ').map((name) => `${prefix}.${name}`));
    expect(wanted.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('are each there once, in words that JUnit and shells take', () => {
    const ids = CHECKS.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(ids.filter((id) => !/^[a-z]+\.[a-z0-9_]+\*?$/.test(id))).toEqual([]);
  });

  it('stand in docs/checks.md as they are; if not: npm run docs', () => {
    expect(readFileSync(new URL('../../docs/checks.md', import.meta.url), 'utf8')).toBe(checksPage());
  });
});
