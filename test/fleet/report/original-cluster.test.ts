import { describe, expect, it } from 'vitest';
import { findings, node, taken } from './fleet.ts';

const rqlite = {
  ...{
    responsive: true,
    ready: true,
    strong_read: true,
    raft_state: 'Follower',
    leader_addr: '10.0.0.1:7001',
    leader_id: 'ns1',
    node_id: 'ns2',
    term: 42,
  },
  ...{
    applied_index: 900,
    commit_index: 900,
    fsm_pending: 0,
    last_contact: '7.2ms',
    num_peers: '2',
    voter: true,
    db_size: '4.1 kB',
    uptime: '1h',
    version: 'v8.36.0',
  },
  ...{
    goroutines: 30,
    heap_mb: 0,
    nodes: {
      ns1: { reachable: true, leader: true, voter: true, time_ms: 0.2 },
      ns3: { reachable: false, leader: false, voter: true, time_ms: 0, error: 'refused' },
    },
  },
  debug_vars: {
    query_errors: 0,
    execute_errors: 0,
    remote_exec_errors: 0,
    leader_not_found: 0,
    snapshot_errors: 0,
    client_retries: 0,
    client_timeouts: 0,
  },
};
const report = (sections: object) => ({
  timestamp: '2026-02-16T12:00:00Z',
  hostname: 'ns2',
  version: '0.107.0',
  collect_ms: 526,
  ...{ system: {}, services: null, network: null, processes: null },
  ...sections,
});
const read = (sections: object) => taken(report(sections)) as Record<string, unknown>;
const found = (sections: object) =>
  findings([node('ns2', { report: taken(report(sections)), via: 'orama', profile: 'orama' })]).filter((line) =>
    /rqlite|olric|ipfs|gateway|anyone|namespaces/.test(JSON.stringify(line)),
  );

describe('what the original tells of the cluster', () => {
  it('stands in our fields, without zeros where it looked in the wrong place', () => {
    expect(read({ rqlite })['rqlite']).toMatchObject({
      raft_state: 'Follower',
      has_leader: true,
      num_peers: 2,
      term: 42,
      heap_mb: null,
      debug_vars: null,
    });
    expect(read({ rqlite })['rqlite']).toMatchObject({
      nodes: { ns1: { error: '', addr: null, time_ms: 0.2 }, ns3: { error: 'refused', time_ms: null } },
    });
  });

  it('says no more of an rqlite that does not answer than that', () => {
    const silent = {
      ...rqlite,
      responsive: false,
      ready: false,
      strong_read: false,
      raft_state: '',
      leader_addr: '',
      term: 0,
      nodes: null,
    };
    expect(read({ rqlite: silent })['rqlite']).toMatchObject({
      responsive: false,
      ready: null,
      strong_read: null,
      raft_state: null,
      term: null,
    });
    expect(found({ rqlite: silent })).toHaveLength(1);
  });

  it('tells a leader that is not there from one that it does not know', () => {
    expect(read({ rqlite: { ...rqlite, leader_addr: '' } })['rqlite']).toMatchObject({ has_leader: false, leader_addr: null });
    expect(read({ rqlite: { responsive: true } })['rqlite']).toMatchObject({ has_leader: null });
  });

  it('does not take peers that it could not count for none', () => {
    const ipfs = {
      daemon_active: true,
      cluster_active: true,
      swarm_peer_count: 0,
      cluster_peer_count: 0,
      repo_size_bytes: 0,
      repo_max_bytes: 0,
      repo_use_pct: 0,
    };
    const asked = { ...ipfs, kubo_version: '', cluster_version: '1.1.0', has_swarm_key: true, bootstrap_empty: false };
    expect(read({ ipfs: asked })['ipfs']).toMatchObject({
      swarm_peers: null,
      cluster_peer_count: null,
      repo_use_pct: null,
      bootstrap_empty: null,
      cluster_responsive: true,
      daemon_responsive: null,
    });
    expect(read({ ipfs: { ...asked, kubo_version: '0.39.0', swarm_peer_count: 2 } })['ipfs']).toMatchObject({
      swarm_peers: 2,
      daemon_responsive: true,
      bootstrap_empty: false,
    });
    expect(
      read({ olric: { service_active: true, memberlist_up: true, member_count: 0, members: null, coordinator: '' } })['olric'],
    ).toMatchObject({ memberlist_up: true, member_count: null, members: null });
  });

  it('keeps what its gateway, relay and namespaces say', () => {
    expect(
      read({ gateway: { responsive: true, http_status: 200, version: '', subsystems: { rqlite: { status: 'ok' } } } })['gateway'],
    ).toMatchObject({
      http_status: 200,
      version: null,
      subsystems: { rqlite: { status: 'ok', latency: null, error: '' } },
    });
    expect(
      read({
        anyone: {
          relay_active: true,
          client_active: false,
          mode: 'relay',
          bootstrapped: true,
          bootstrap_pct: 100,
          fingerprint: '',
          nickname: 'x',
        },
      })['anyone'],
    ).toMatchObject({ fingerprint: null, nickname: 'x' });
    const namespace = {
      name: 'anchat',
      port_base: 10_000,
      rqlite_up: false,
      rqlite_state: '',
      rqlite_ready: false,
      olric_up: true,
      gateway_up: true,
      gateway_status: 200,
    };
    expect(read({ namespaces: [namespace] })['namespaces']).toMatchObject([
      { name: 'anchat', rqlite_state: null, rqlite_leader: null, gateway_status: 200 },
    ]);
    expect(read({ namespaces: [] })['namespaces']).toEqual([]);
  });
});
