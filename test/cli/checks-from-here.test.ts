import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { home, useWard, ward } from './run-ward.ts';

useWard();

interface Row {
  name: string;
  checks: { checks: { name: string; passed: boolean; answer: string | null }[] };
}

describe('endpoints that nodes.yaml has asked from here', () => {
  let server: Server;
  let port = 0;
  beforeAll(async () => {
    server = createServer((request, answer) => {
      answer.statusCode = request.url === '/broken' ? 503 : 200;
      answer.end('all is open');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => void server.close());

  const config = (checks: readonly string[], nodes: readonly string[] = []) => {
    const path = join(home, 'here.yaml');
    const list = (name: string, lines: readonly string[], lead: string) =>
      lines.length === 0 ? [] : [`    ${name}:`, ...lines.map((line) => `      ${lead}${line}`)];
    writeFileSync(path, `${['environments:', '  prod:', ...list('nodes', nodes, ''), ...list('checks', checks, '- ')].join('\n')}\n`);
    return ['--config', path];
  };

  it('are a row of their own with what came of each, and only what fails is a finding', async () => {
    const words = config([
      `{name: shop, http: "http://127.0.0.1:${port}/", contains: open}`,
      `{name: broken, http: "http://127.0.0.1:${port}/broken"}`,
      `tcp: 127.0.0.1:${port}`,
    ]);
    const rows = JSON.parse((await ward(['monitor', 'checks', '--json', ...words])).stdout) as Row[];
    expect(rows.map(({ name, checks }) => [name, checks.checks.map((each) => [each.name, each.passed])])).toEqual([
      [
        'here',
        [
          ['shop', true],
          ['broken', false],
          [`127.0.0.1:${port}`, true],
        ],
      ],
    ]);
    const { exit, stdout } = await ward(['monitor', 'alerts', '--fail-on', 'warning', ...words]);
    expect([exit, stdout]).toEqual([1, expect.stringContaining('broken fails: status 503')]);
    expect(stdout).toContain(`next  curl -sS -i --max-time 5 http://127.0.0.1:${port}/broken`);
    expect(stdout).not.toContain('shop fails');
  });

  it('stand beside the nodes, and this machine is counted among none of what nodes have in common', async () => {
    const words = config([`tcp: 127.0.0.1:${port}`], ['web1: {address: 127.0.0.1, port: 1}']);
    const table = await ward(['monitor', 'cluster', ...words]);
    expect([table.exit, table.stdout]).toEqual([4, expect.stringMatching(/^here +✓ healthy/m)]);
    const page = (await ward(['monitor', 'node', '--node', 'here', ...words])).stdout;
    expect(page).toMatch(/^here +this machine, from which ward asks endpoints/m);
    expect(page).not.toMatch(/absent|not installed/i);
    expect((await ward(['inspect', '--format', 'json', ...words])).stdout).not.toMatch(/without[^"]*here/);
    const { exit, stderr } = await ward(['node', 'trust', 'here', ...words]);
    expect([exit, stderr]).toEqual([2, expect.stringContaining('--node here names no node here')]);
  });

  it('are counted by the check of the configuration, which refuses a wrong one with its place', async () => {
    expect((await ward(['config', 'check', ...config([`tcp: 127.0.0.1:${port}`])])).stdout).toContain('1 check from here');
    const counted = await ward(['config', 'check', '--json', ...config([`tcp: 127.0.0.1:${port}`], ['web1: {address: 127.0.0.1}'])]);
    expect(JSON.parse(counted.stdout)).toMatchObject({ node_count: 1, check_count: 1, environments: [{ name: 'prod', nodes: 1 }] });
    const refused = async (check: string, nodes?: string[]) => {
      const { exit, stderr } = await ward(['config', 'check', ...config([check], nodes)]);
      return [exit, stderr];
    };
    expect(await refused('{http: "ftp://x"}')).toEqual([
      3,
      expect.stringMatching(/here\.yaml:4:\d+: checks of environment prod\[0\] needs for http/),
    ]);
    expect(await refused('{tcp: "x:1", colour: 3}')).toEqual([3, expect.stringContaining('unknown key "colour"')]);
    expect(await refused('7')).toEqual([3, expect.stringContaining('must be a map')]);
    expect(await refused('{tcp: "x:1"}', ['here: {address: 127.0.0.1}'])).toEqual([
      3,
      expect.stringContaining('no node can be called here'),
    ]);
  });
});
