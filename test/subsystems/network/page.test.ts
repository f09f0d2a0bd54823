import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { NodeSection } from '../../../src/core/rule.ts';
import { type Block, textOf } from '../../../src/core/view.ts';
import { columns } from '../../../src/subsystems/network/columns.ts';
import type { Network } from '../../../src/subsystems/network/section.ts';

const CASES = new URL('../../../src/subsystems/network/cases/', import.meta.url);

function section(path: string): Network {
  return JSON.parse(readFileSync(new URL(path, CASES), 'utf8')) as Network;
}

function lines(block: Block): string[] {
  if (block.kind === 'table')
    return [...block.rows.map(({ cells }) => cells.map(textOf).join(' | ')), ...(block.note === '' ? [] : [block.note])];
  if (block.kind === 'fact') return [`${block.label}: ${textOf(block.value)}`];
  return block.kind === 'meter' ? [`${block.label}: ${block.percent}% ${block.role}, ${textOf(block.text)}`] : [];
}

const page = (path: string) =>
  columns.page?.({ section: section(path), node: { profile: 'orama' } } as NodeSection<Network>).flatMap(lines);

describe('the network on a node’s page', () => {
  it('is told in words, with ports open to others before those of this machine', () => {
    expect(page('healthy/ns1.json')).toEqual([
      'Internet: 8.8.8.8:53 answers',
      'Way out: by eth0 to 203.0.113.1, own addresses 203.0.113.11 and 10.0.0.1',
      'Firewall: UFW, 9 rules, the rest drop',
      'TCP: 2 open, 1 closing, 0.2% sent again',
      'eth0 | up | 9.8K/s | 12K/s | 0 | 1',
      'wg0 | unknown | 1000/s | 2.0K/s | 0 | 0',
      '22/tcp | sshd | all addresses',
      '53/udp | coredns | all addresses',
      '80/tcp | caddy | all addresses',
      '443/tcp | caddy | all addresses',
      '5001/tcp | rqlited | 10.0.0.1',
      '7001/tcp | rqlited | 10.0.0.1',
      '51820/udp | ? | all addresses',
    ]);
  });

  it('shows the table of connections once it fills, and what is wrong', () => {
    expect(page('broken/ns1.json')?.slice(0, 5)).toEqual([
      'Internet: 8.8.8.8:53 cannot be reached: the network is unreachable',
      'Way out: no default route, own addresses 203.0.113.11 and 10.0.0.1',
      'Firewall: none that ward knows is on',
      'TCP: 0 open, 1 closing, 9.3% sent again',
      'Conntrack: 97.4% hot-crit, 63,800 of 65,536 tracked connections',
    ]);
  });

  it('leaves open to whom a port is open where that was not told', () => {
    const told = { ...section('healthy/ns1.json'), listening_ports: [{ port: 22, proto: 'tcp', process: 'sshd', addresses: [] }] };
    const blocks = columns.page?.({ section: told, node: { profile: 'orama' } } as unknown as NodeSection<Network>) ?? [];
    expect(blocks.flatMap(lines)).toContain('22/tcp | sshd | ?');
  });

  it('gives the traffic of the way out to the list of nodes', () => {
    const [net] = columns.nodes ?? [];
    expect(textOf(net?.cell(section('healthy/ns1.json')) ?? '')).toBe('21K/s');
    expect(textOf(net?.cell(section('container/shop.json')) ?? '')).toBe('–');
  });
});
