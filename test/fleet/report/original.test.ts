import { describe, expect, it } from 'vitest';
import { findings, node, read, taken } from './fleet.ts';

const peer = {
  public_key: 'ztX4ZiTdaKfv6VQOUmiaTjCHEb1t8xfNI69AIidZ02s=',
  allowed_ips: '10.0.0.2/32',
  latest_handshake: 1_771_242_900,
  handshake_age_sec: 60,
  endpoint: '192.0.2.2:51820',
  keepalive: 25,
  transfer_rx_bytes: 1,
  transfer_tx_bytes: 2,
};
const service = {
  name: 'orama-node',
  active_state: 'active',
  sub_state: 'running',
  enabled: true,
  n_restarts: 0,
  active_since_sec: 90_000,
  memory_current_mb: 80,
  cpu_usage_nsec: 5,
  main_pid: 77,
  restart_loop_risk: false,
};

/** As the original program writes it: a healthy node of February 2026. */
const healthy = {
  timestamp: '2026-02-16T12:00:00Z',
  hostname: 'ns1',
  wireguard_ip: '10.0.0.1',
  version: '0.107.0',
  collect_ms: 526,
  system: {
    ...{
      uptime_seconds: 90_000,
      uptime_since: '2026-02-15 13:00:00',
      cpu_count: 4,
      load_avg_1: 0.1,
      load_avg_5: 0.1,
      load_avg_15: 0.1,
      mem_total_mb: 7937,
      mem_used_mb: 3000,
      mem_free_mb: 400,
      mem_available_mb: 4500,
    },
    ...{
      mem_use_pct: 43,
      swap_total_mb: 0,
      swap_used_mb: 0,
      disk_total_gb: '78G',
      disk_used_gb: '40G',
      disk_avail_gb: '38G',
      disk_use_pct: 52,
      inode_use_pct: 4,
      oom_kills: 0,
      kernel_version: '6.1.0',
      time_unix: 1_771_243_200,
    },
  },
  services: {
    services: [
      service,
      {
        ...service,
        name: 'coredns',
        active_state: 'inactive',
        sub_state: 'dead',
        active_since_sec: 0,
        memory_current_mb: 0,
        main_pid: 0,
        enabled: false,
      },
    ],
    failed_units: null,
  },
  wireguard: {
    interface_up: true,
    service_active: true,
    wg_ip: '10.0.0.1',
    listen_port: 51820,
    peer_count: 1,
    mtu: 1420,
    config_exists: true,
    config_perms: '600',
    peers: [peer],
  },
  rqlite: { responsive: true, raft_state: 'Leader', term: 42, num_peers: '3' },
  ipfs: { daemon_active: true, swarm_peer_count: 2 },
  network: {
    internet_reachable: true,
    default_route: true,
    wg_route_exists: true,
    tcp_established: 9,
    tcp_time_wait: 1,
    tcp_retrans_pct: 7.5,
    listening_ports: [{ port: 22, proto: 'tcp', process: 'sshd' }],
    ufw_active: true,
    ufw_rules: ['22/tcp ALLOW IN Anywhere'],
  },
  processes: { zombie_count: 0, zombies: null, orphan_count: 0, orphans: null, panic_count_1h: 0 },
};
type Original = typeof healthy;
const snapshotOf = (report: unknown, name = 'a') => node(name, { report: taken(report), via: 'orama', profile: 'orama' });
const found = (change: Partial<Record<keyof Original | 'dns', unknown>>) => findings([snapshotOf({ ...healthy, ...change })]);

describe('a report of the original program', () => {
  it('is known as such, with its own names brought to ours', () => {
    const result = read(healthy);
    expect(result).toMatchObject({ kind: 'report', via: 'orama' });
    expect(taken(healthy)).toMatchObject({
      ...{ hostname: 'ns1', version: '0.107.0', profile: 'orama', wireguard_ip: '10.0.0.1', machine_id: null },
      system: { cpu_count: 4, disk_total_gb: '78G', uptime_since: '2026-02-15 11:00:00' },
      rqlite: { num_peers: 3 },
      ipfs: { swarm_peers: 2 },
      processes: { panic_count: 0, zombies: [] },
      wireguard: { interface: 'wg0', peers: [{ never_shook_hands: false, handshake_age_sec: 60 }] },
    });
  });

  it('raises nothing on a healthy node', () => {
    expect(found({})).toEqual([]);
  });

  it('shows what it does not tell as unknown, and what it left out as absent', () => {
    const { system, states, unknown, errors } = taken(healthy);
    expect(system).toMatchObject({ cpu_steal_pct: null, filesystems: null });
    expect(unknown).toContainEqual({
      path: 'system.cpu_steal_pct',
      kind: 'absent',
      reason: 'the original orama node report does not tell it',
    });
    expect(states).toMatchObject({ system: 'ok', dns: 'absent', anyone: 'absent', rqlite: 'ok' });
    expect(errors).toEqual([]);
    expect(taken({ ...healthy, system: null, errors: ['system: collector panicked'] })).toMatchObject({
      states: { system: 'unknown' },
      errors: ['system: collector panicked'],
    });
  });

  it('never takes its zeros for values where it could not look', () => {
    const blind = taken({
      ...healthy,
      system: {
        ...healthy.system,
        cpu_count: 0,
        mem_total_mb: 0,
        mem_use_pct: 0,
        kernel_version: '',
        disk_total_gb: '',
        disk_use_pct: 0,
        time_unix: 0,
      },
      network: { ...healthy.network, tcp_established: 0, tcp_time_wait: 0, listening_ports: null },
      services: { services: [{ ...service, active_state: 'unknown', memory_current_mb: 0 }], failed_units: [] },
    });
    expect(blind['system']).toMatchObject({
      cpu_count: null,
      mem_total_mb: null,
      mem_use_pct: null,
      swap_total_mb: null,
      kernel_version: null,
      disk_use_pct: null,
      time_unix: null,
    });
    expect(blind['network']).toMatchObject({ tcp_established: null, listening_ports: null, tcp_retrans_pct: null });
    expect(blind['services']).toMatchObject({ services: [{ active_state: null, memory_current_mb: null }] });
  });

  it('tells a certificate that it could not look at from one that has expired', () => {
    const dns = {
      coredns_active: true,
      caddy_active: true,
      port_53_bound: true,
      port_80_bound: true,
      port_443_bound: true,
      soa_resolves: true,
      ns_resolves: true,
      ns_record_count: 2,
      wildcard_resolves: true,
      base_a_resolves: true,
      corefile_exists: true,
      base_tls_days_left: -1,
      wild_tls_days_left: 2,
    };
    const report = taken({ ...healthy, dns });
    expect(report['dns']).toMatchObject({
      base_tls_days_left: null,
      wild_tls_days_left: 2,
      certificates: [{ days_left: null }, { days_left: 2 }],
    });
    expect(found({ dns })).toContain('critical dns/certificate-expiring a *.its-domain');
  });

  it('raises what Orama asks for', () => {
    expect(found({ system: { ...healthy.system, mem_use_pct: 95 } })).toEqual(['warning system/memory a memory']);
    expect(found({ system: { ...healthy.system, disk_use_pct: 88 } })).toEqual([expect.stringMatching(/^warning system\/disk a /)]);
    expect(found({ wireguard: { ...healthy.wireguard, peers: [{ ...peer, handshake_age_sec: 1200 }] } })).toEqual([
      expect.stringMatching(/^warning wireguard\/\S+ a ztX4ZiTd/),
    ]);
    expect(found({ wireguard: { ...healthy.wireguard, peers: [{ ...peer, latest_handshake: 0, handshake_age_sec: 0 }] } })).toEqual([
      expect.stringMatching(/^critical wireguard\/\S+ a ztX4ZiTd/),
    ]);
    expect(found({ wireguard: { interface_up: false, service_active: false, config_exists: true, config_perms: '600' } })).toEqual([
      expect.stringMatching(/^critical wireguard\/interface-down a /),
    ]);
    expect(found({ processes: { ...healthy.processes, panic_count_1h: 3 } })).toEqual([
      expect.stringMatching(/^critical processes\/panic\S* a /),
    ]);
    expect(
      found({
        services: { services: [{ ...service, active_state: 'failed', sub_state: 'failed' }], failed_units: ['orama-node.service'] },
      }),
    ).toEqual([expect.stringMatching(/^critical services\/\S+ a orama-node/)]);
  });

  it('is compared with others of its kind alone, and its clock in whole seconds counts as such', () => {
    const other = { ...healthy, version: '0.108.0' };
    const ward = node('w', {
      report: taken({ ...healthy, schema_version: 1, version: '0.1.0', states: {}, unknown: [], expected: [], profile: 'default' }),
    });
    const versions = (list: string[]) => list.filter((line) => line.includes('version'));
    expect(versions(findings([snapshotOf(healthy), ward]))).toEqual([]);
    expect(versions(findings([snapshotOf(healthy), snapshotOf(other, 'b'), ward]))).toEqual([
      'warning system/version-mismatch cluster orama version',
    ]);
    expect(
      versions(findings([snapshotOf(healthy), node('b', { failure: { cause: 'timeout', message: 'connection timed out', next: '' } })])),
    ).toEqual([]);
    const late = Date.parse(healthy.timestamp);
    expect(findings([node('a', { report: taken(healthy), via: 'orama', profile: 'orama', at_ms: late + 4_800 })])).toEqual([]);
    expect(findings([node('a', { report: taken(healthy), via: 'orama', profile: 'orama', at_ms: late + 7_200 })])).toEqual([
      'warning system/clock-skew a clock',
    ]);
  });
});
