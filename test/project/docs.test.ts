import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAY } from '../../scripts/imports/table.ts';
import { subsystemsPage } from '../../scripts/docs/subsystems-page.ts';
import { profileFrom } from '../../src/agent/node-file.ts';
import { EXIT } from '../../src/core/refusal.ts';
import { loadInventory } from '../../src/fleet/inventory.ts';
import { ROOT } from './temporary-copy.ts';

const page = (name: string) => readFileSync(join(ROOT, name), 'utf8');
const pages = ['.', 'docs', 'docs/decisions'].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file)),
);

describe('the docs', () => {
  it('of subsystems say what the definitions say; if not: npm run docs', async () => {
    expect(page('docs/subsystems.md')).toBe(await subsystemsPage(ROOT));
  });

  it("of a machine's own file have every key that it may have, and no other", () => {
    const said = profileFrom('zzzzzzzzzzzzzzzzzzzzzzzzzzzz: 1').problems[0] ?? '';
    const keys = /there are (.+)$/.exec(said)?.[1]?.split(', ') ?? [];
    expect(keys.length).toBeGreaterThan(5);
    const rows = [...page('docs/node-file.md').matchAll(/^\| `([\w.]+)` \|/gm)].map(([, key = '']) => key);
    expect(rows.sort()).toEqual(keys.sort());
  });

  it("of a machine's own file show one that is right", () => {
    const [, example = ''] = /```yaml\n(.+?)```/s.exec(page('docs/node-file.md')) ?? [];
    expect(profileFrom(example)).toMatchObject({ problems: [], profile: { expect: ['wireguard', 'dns'] } });
  });

  it.each(['inventory', 'first-steps', 'rules-and-thresholds'])('of %s show an inventory that is right', async (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'wardround-docs-'));
    const [, example = ''] = /```yaml\n(.+?)```/s.exec(page(`docs/${name}.md`)) ?? [];
    writeFileSync(join(folder, 'nodes.yaml'), example, { mode: 0o600 });
    const { nodes, settings } = await loadInventory({ config: null, ssh: [], cwd: folder, env: {}, home: folder });
    rmSync(folder, { recursive: true });
    expect(nodes.length + settings.length).toBeGreaterThan(2);
  });

  it('of exit codes have every one', () => {
    const codes = [...page('docs/exit-codes.md').matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
    expect(codes).toEqual(Object.values(EXIT).sort((a, b) => a - b));
  });

  it('of the architecture have every folder, in the order in which they may import', () => {
    const folders = [...page('ARCHITECTURE.md').matchAll(/^\| `(\w+)\/` \|/gm)].map(([, folder]) => folder);
    expect(folders).toEqual(Object.keys(MAY));
  });

  it('link to what is there', () => {
    const links = pages.flatMap((name) =>
      [...page(name).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = '']) => join(dirname(name), link)),
    );
    expect(links.length).toBeGreaterThan(30);
    expect(links.filter((link) => !existsSync(join(ROOT, link)))).toEqual([]);
  });

  it('keep each decision on one page', () => {
    const decisions = pages.filter((name) => name.startsWith('docs/decisions/'));
    expect(decisions.filter((name) => page(name).trimEnd().split('\n').length > 40)).toEqual([]);
    expect(decisions.filter((name) => !/^docs\/decisions\/\d{4}-[a-z0-9-]+\.md$/.test(name))).toEqual([]);
  });
});
