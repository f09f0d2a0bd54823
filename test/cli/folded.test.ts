import { describe, expect, it } from 'vitest';
import { viewNamed } from '../../src/cli/monitor/views/view-named.ts';
import { pageText } from '../../src/cli/render/page.ts';
import { node, report, round, system, wants } from './fleet.ts';

/** A container that runs without a limit of memory, from an image that is so many days old. */
function container(name: string, days = 1): object {
  return {
    ...{ id: name, name, engine: 'docker', image: 'shop:1', image_age_sec: days * 86_400, state: 'running', health: null },
    ...{
      ended: null,
      error: null,
      restarts: 0,
      restart_policy: 'always',
      memory_bytes: null,
      memory_limit_bytes: null,
      no_memory_limit: true,
    },
  };
}

const NAMES = ['shop-db', 'shop-web', 'web-cache', 'web-mail', 'web-queue', 'web-search'];

function taken(names: readonly string[], days = 1) {
  const containers = { containers: names.map((name) => container(name, days)), logs: null, recent: null };
  return round([node('ns1', report({ system: system(), containers })), node('ns2', report({ system: system(), containers }))]);
}

async function lines(view: string, of: ReturnType<typeof taken>, more: object = {}): Promise<string[]> {
  const asked = wants(view, more);
  const page = (await viewNamed(view)).page(of, {
    terminal: { width: 140, colours: 'none', ascii: false },
    wants: asked,
    reach: new Map(),
  });
  return pageText({ width: 140, colours: 'none', ascii: false }, page).split('\n');
}

describe('much of the same that is only information', () => {
  it.each(['cluster', 'alerts'])('stands in %s on one line for each rule and node', async (view) => {
    const told = (await lines(view, taken(NAMES, 90))).filter((line) => line.includes(' i info '));
    expect(told).toHaveLength(4);
    for (const name of ['ns1', 'ns2']) {
      expect(told.join('\n')).toMatch(new RegExp(`^${name} .*no memory limit: shop-db, shop-web and 4 more`, 'm'));
      expect(told.join('\n')).toMatch(new RegExp(`^${name} .*image age: shop-db, shop-web and 4 more`, 'm'));
    }
  });

  it('names all of them in alerts, and the command that lists each', async () => {
    const text = (await lines('alerts', taken(NAMES))).join('\n');
    expect(text).toContain(NAMES.join(', '));
    expect(text).toContain('next  ward monitor alerts --env testnet --node ns1 --all');
    expect((await lines('alerts', taken(NAMES), { all: true })).filter((line) => line.includes('has no memory limit'))).toHaveLength(12);
  });

  it('keeps two lines apart, and JSON always', async () => {
    expect((await lines('cluster', taken(NAMES.slice(0, 2)))).filter((line) => line.includes('has no memory limit'))).toHaveLength(4);
    const alerts = (await viewNamed('alerts')).json(taken(NAMES), wants('alerts')) as { rule: string }[];
    expect(alerts.filter(({ rule }) => rule === 'containers/no-memory-limit')).toHaveLength(12);
  });
});

describe('a view of what no node has', () => {
  it.each([
    ['containers', 'No containers on the 2 nodes read.'],
    ['dns', 'No DNS and TLS on the 2 nodes read.'],
    ['ipfs', 'No IPFS on the 2 nodes read.'],
    ['gateway', 'No gateway on the 2 nodes read.'],
  ])('of %s says so in a sentence', async (view, sentence) => {
    const bare = round([node('ns1', report({ system: system() })), node('ns2', report({ system: system() }))]);
    expect(await lines(view, bare)).toContain(sentence);
  });
});
