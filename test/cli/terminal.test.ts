import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cells } from '../../src/cli/render/cells.ts';
import { onTerminal, SCRIPT } from './on-a-terminal.ts';
import { ended, home, useWard, ward } from './run-ward.ts';

useWard();

const config = join(home, 'two.yaml');
beforeAll(() =>
  writeFileSync(config, 'environments: {lab: {nodes: {ns1: {address: 127.0.0.1, port: 1}, ns2: {address: 127.0.0.2, port: 1}}}}\n'),
);

const SGR = /\x1b\[[\d;]*m/g;
const COLOUR = /\x1b\[[\d;]*3\d[\d;]*m/;
const cluster = ['monitor', 'cluster', '--config', config];

async function shown(words: readonly string[], columns: number, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { stdout } = await ended(onTerminal(words, columns, env));
  return stdout.replaceAll('\r\n', '\n');
}

describe('without a terminal', () => {
  it('prints no escape sequence, unless colours are asked for', async () => {
    expect((await ward(cluster)).stdout).not.toContain('\x1b');
    expect((await ward(cluster, { env: { FORCE_COLOR: '1' } })).stdout).toMatch(COLOUR);
  });

  it.each([
    ['the locale is not UTF-8', { LANG: 'C' }],
    ['the terminal is dumb', { TERM: 'dumb' }],
    ['ASCII is asked for', { WARD_ASCII: '1' }],
  ])('bad input 16: prints plain ASCII where %s', async (_why, env) => {
    const { stdout } = await ward(cluster, { env });
    expect(stdout).toMatch(/^[\x20-\x7e\n]+$/);
    expect(stdout).toMatch(/^ns1 +X unreachable/m);
  });
});

describe.skipIf(SCRIPT === null)(`on a terminal${SCRIPT === null ? ' (skipped: no script(1) on this machine)' : ''}`, () => {
  it.each([60, 80, 140])('keeps to %i columns, with colours', async (columns) => {
    const text = await shown(cluster, columns);
    expect(text).toMatch(COLOUR);
    const lines = text
      .replace(/\r\x1b\[K.*?\r\x1b\[K/g, '')
      .replace(SGR, '')
      .split('\n');
    expect(lines.filter((line) => !/ward monitor|^ward: /.test(line) && cells(line) > columns)).toEqual([]);
  });

  it('bad input 16: has bold but no colour with NO_COLOR or --no-color, and nothing at all on a dumb terminal', async () => {
    for (const text of [await shown(cluster, 100, { NO_COLOR: '1' }), await shown([...cluster, '--no-color'], 100)]) {
      expect(text).not.toMatch(COLOUR);
      expect(text).toContain('\x1b[1m');
    }
    const dumb = await shown(cluster, 100, { TERM: 'dumb' });
    expect(dumb.replace(/^.*waiting for.*$/gm, '')).not.toMatch(/\x1b\[\d*m/);
  });

  it('says on one line who has not answered yet, takes the line away, and says nothing of it where nobody watches', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const slow = join(home, 'slow.yaml');
    writeFileSync(slow, `environments: {lab: {nodes: {slow: {address: 127.0.0.1, port: ${port}}}}}\n`);
    const words = ['monitor', 'cluster', '--timeout', '2', '--config', slow];
    const [watched, piped] = await Promise.all([shown(words, 100), ward(words)]);
    silent.close();
    expect(watched).toMatch(/\r\x1b\[K0 of 1 nodes answered, waiting for slow.*\r\x1b\[K[^\r]*✗ 1 critical/s);
    expect(piped).toMatchObject({ exit: 5, stderr: expect.not.stringContaining('waiting for') });
  });

  it('leaves the terminal as it was when Ctrl+C ends a watch', async () => {
    const child = onTerminal([...cluster, '--watch', '30'], 100);
    const end = ended(child);
    let said = '';
    await new Promise<void>((resolve) => {
      child.stdout?.on('data', (chunk: string) => {
        said += chunk;
        if (said.includes('Evidence and next steps')) resolve();
      });
    });
    child.stdin?.write('\x03');
    const { exit, stdout } = await end;
    expect(exit).toBe(130);
    expect(stdout).not.toMatch(/\x1b\[\?/);
    expect(stdout.replace(SGR, '')).toMatch(/ns1 +✗ unreachable/);
  });
});
