import { expect, it } from 'vitest';
import { atOnce } from '../../../src/core/steps.ts';
import { textOf } from '../../../src/core/view.ts';
import { meshTables } from '../../../src/subsystems/wireguard/mesh-table.ts';
import { fleetOf, mesh, node, peer, section, snapshotOf } from './fleet.ts';

const many = Array.from({ length: 20 }, (_, at) => `n${String(at).padStart(2, '0')}`);

it('more than 12 nodes show as the links that are not fresh, and nothing else', () => {
  const [first = '', second = ''] = many;
  const others = many.slice(2).map((name) => peer(name));
  const nodes = mesh(many).map((each) =>
    each.name === first ? node(first, section(first, [peer(second, { handshake_age_sec: 700 }), ...others])) : each,
  );
  const snapshot = snapshotOf(...nodes);
  const tables = atOnce(meshTables(fleetOf(snapshot), snapshot));
  expect(tables.map(({ rows }) => rows.map(({ cells }) => cells.slice(0, 4).map(textOf)))).toEqual([
    [['n00', '! silent', '11m silent', 'n01']],
  ]);
  // The other side heard it lately, so the link is up.
  expect(tables[0]?.note).toBe('190 of 190 links up. The mesh has 20 nodes.');
});

it('a fleet without WireGuard has no table', () => {
  const snapshot = snapshotOf(node('web', null));
  expect(atOnce(meshTables([], snapshot))).toEqual([]);
});

it('says where all silent links lead', () => {
  const snapshot = snapshotOf(
    ...mesh(['a', 'b', 'c', 'd']).map((each) =>
      each.name === 'd'
        ? node('d', null)
        : node(
            each.name,
            section(
              each.name,
              ['a', 'b', 'c', 'd']
                .filter((name) => name !== each.name)
                .map((name) => peer(name, name === 'd' ? { handshake_age_sec: 800 } : {})),
            ),
          ),
    ),
  );
  const [table] = atOnce(meshTables(fleetOf(snapshot), snapshot));
  expect(table?.note).toContain('3 of 6 links up. All 3 silent links lead to d, which does not answer: look there, not here.');
});
