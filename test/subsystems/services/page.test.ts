import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { NodeSection } from '../../../src/core/rule.ts';
import { textOf } from '../../../src/core/view.ts';
import { columns } from '../../../src/subsystems/services/columns.ts';
import type { Services } from '../../../src/subsystems/services/section.ts';

const CASES = new URL('../../../src/subsystems/services/cases/', import.meta.url);

function section(path: string): Services {
  return JSON.parse(readFileSync(new URL(path, CASES), 'utf8')) as Services;
}

function page(path: string): string[] {
  const [table] = columns.page?.({ section: section(path) } as NodeSection<Services>) ?? [];
  if (table?.kind !== 'table') throw new Error('the page begins with no table');
  return [table.count, ...table.rows.map(({ cells }) => cells.map(textOf).join(' | ')), table.note];
}

describe('the services on a node’s page', () => {
  it('begin with what is wrong; what merely starts with the machine is one line', () => {
    expect(page('broken/ns1.json')).toEqual([
      '9 of 13 active',
      'orama-ipfs-cluster | ✗ failed | 5m | 5 | – | –',
      'orama-deploy-shop | ✗ failed | 1m | 0 | – | –',
      'orama-gateway | ! restarts | 3s | 18 | 84M | –',
      'mnt-backup.mount | ! failed | 2h | – | – | –',
      'orama-node | ✓ active | 22h | 0 | 48M | 1%',
      'orama-olric | ✓ active | 22h | 0 | 128M | 1%',
      'orama-ipfs | ✓ active | 22h | 0 | 168M | 1%',
      'coredns | ✓ active | 22h | 0 | 328M | 1%',
      'caddy | ✓ active | 22h | 0 | 368M | 1%',
      'wg-quick@wg0 | ✓ active | 22h | 0 | – | –',
      'and 3 more active: chrony, cron, ssh.',
    ]);
  });

  it('show in the list of nodes as a share of those that should run', () => {
    const [units] = columns.nodes ?? [];
    const cell = (path: string) => units?.cell(section(path));
    expect(cell('healthy/ns1.json')).toEqual({ text: '12/12', role: 'plain' });
    expect(cell('broken/ns1.json')).toEqual({ text: '9/13', role: 'hot-warn' });
  });
});
