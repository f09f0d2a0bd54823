import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PUBLISHED } from '../../scripts/schemas/published.ts';
import { ended, home, startWard, useWard, ward } from '../cli/run-ward.ts';
import { piece, startStub, stream } from './ai/stub.ts';

useWard();

/** Two machines where nothing listens. */
function silentFleet(): string {
  const folder = join(home, 'silent');
  mkdirSync(folder, { recursive: true });
  const config = join(folder, 'nodes.yaml');
  writeFileSync(
    config,
    'environments:\n  lab: {nodes: {db-primary: {address: 127.0.0.1, port: 1}, web7: {address: 127.0.0.2, port: 1}}}\n',
  );
  return config;
}

describe('ward inspect', () => {
  it('prints of this machine what the published schema says, and no fail is hidden behind exit code 0', async () => {
    const { exit, stdout } = await ward(['inspect', '--json']);
    const value = PUBLISHED.inspect.parse(JSON.parse(stdout));
    expect(value).toEqual(JSON.parse(stdout));
    expect(value.summary.total).toBe(value.checks.length);
    expect(exit).toBe(value.summary.failed > 0 ? 1 : 0);
  });

  it('ends with 5 where no node answered, with each failed once and nothing passed of them', async () => {
    const { exit, stdout } = await ward(['inspect', '--format', 'json', '--config', silentFleet()]);
    const { checks } = JSON.parse(stdout) as { checks: { status: string; node: string; id: string }[] };
    expect(exit).toBe(5);
    expect(checks.filter(({ status }) => status === 'fail').map(({ id, node }) => `${id} ${node}`)).toEqual([
      'ssh.reachable db-primary',
      'ssh.reachable web7',
    ]);
    expect(checks.filter(({ status, node }) => status === 'pass' && node !== '')).toEqual([]);
  });

  it('names each trouble of a recorded fleet by its check, also when one node alone is wanted', async () => {
    const replay = ['inspect', '--replay', new URL('../../demo/fleet', import.meta.url).pathname];
    const { exit, stdout } = await ward([...replay, '--json']);
    const { checks } = PUBLISHED.inspect.parse(JSON.parse(stdout));
    const wrong = checks
      .filter(({ status }) => status === 'fail' || status === 'warn')
      .map(({ status, id, node, subject }) => [status, id, node, subject].join(' '));
    expect(exit).toBe(4);
    for (const each of [
      'fail ssh.reachable ns3 ssh',
      'fail system.disk ns2 /',
      'warn system.steal vm4 steal',
      'warn containers.health vm4 shop-web',
    ]) {
      expect(wrong).toContain(each);
    }
    const one = await ward([...replay, '--node', 'vm5', '--subsystem', 'wg', '--format', 'json']);
    expect(new Set(PUBLISHED.inspect.parse(JSON.parse(one.stdout)).checks.map(({ node }) => node))).toEqual(new Set(['', 'vm5']));
  });

  it('writes JUnit and Markdown, and saves what it found for its owner alone', async () => {
    const folder = join(home, 'saved');
    const junit = await ward(['inspect', '--format', 'junit', '--config', silentFleet(), '--output', folder]);
    expect(junit.stdout).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites [^>]*failures="2"/);
    expect(junit.stdout.match(/<testcase /g)?.length).toBe(Number(/<testsuites [^>]*tests="(\d+)"/.exec(junit.stdout)?.[1]));
    const [file = ''] = readdirSync(folder);
    expect(file).toMatch(/^inspect-lab-.*\.md$/);
    expect(readFileSync(join(folder, file), 'utf8')).toMatch(/^# Inspection of lab\n(?:.*\n)*## Failed \(2\)/);
    expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  });

  it.each([
    [['--subsystem', 'rqlit'], 'nearest is rqlite'],
    [['--format', 'xml'], 'It takes: table, json, markdown, junit'],
    [['--ai'], 'no endpoint is named'],
    [['--ai', '--api-key', 'sk-verysecret'], 'WARD_AI_KEY or OPENROUTER_API_KEY'],
  ])('refuses %j with exit code 2, and says what would do', async (words, said) => {
    const { exit, stdout, stderr } = await ward(['inspect', ...words]);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain(said);
    expect(stderr).not.toContain('verysecret');
  });
});

describe('ward inspect --ai', () => {
  const asking = (url: string) => ['inspect', '--config', silentFleet(), '--ai', '--ai-url', url, '--model', 'm'];

  it('sends what the dry run prints, with no name in it, and puts the names back in the answer', async () => {
    const stub = await startStub((response) => stream(response, ['node-', '1 does not answer.\n', 'Fix: look at node-2.']));
    try {
      const dry = await ward([...asking(stub.url), '--ai-dry-run']);
      expect(stub.got).toEqual([]);
      const { stdout, stderr } = await ward(asking(stub.url), { env: { WARD_AI_KEY: 'key-of-the-test' } });
      const [planned] = JSON.parse(dry.stdout) as { body: object }[];
      const unmarked = (body: unknown) =>
        JSON.stringify(body)
          .replaceAll(/DATA-\w+/g, 'DATA')
          .replaceAll(/"took_ms":\d+/g, '');
      expect(stub.got.map(({ body }) => unmarked(body))).toEqual([unmarked(planned?.body)]);
      expect(JSON.stringify(stub.got[0]?.body)).not.toMatch(/db-primary|web7|127\.0\.0\.2/);
      expect(stdout).toContain('db-primary does not answer.\nFix: look at web7.\n');
      expect(stdout + stderr + dry.stdout).not.toContain('key-of-the-test');
    } finally {
      await stub.stop();
    }
  });

  it('shows a hostile answer as text', async () => {
    const stub = await startStub((response) => stream(response, ['\x1b[2J\x1b]0;owned\x07a\u202eb\r\x9b31m', 'c\n', 'last']));
    try {
      const { stdout } = await ward(asking(stub.url));
      expect(stdout).toContain(String.raw`\x1b[2J\x1b]0;owned\x07a<U+202E>b`);
      expect(stdout).not.toMatch(/[\x1b\x07\r\x80-\x9f\u202e]/);
    } finally {
      await stub.stop();
    }
  });

  it('says why there is no answer, and still shows all that was found', async () => {
    const { exit, stdout } = await ward([...asking('http://127.0.0.1:1/v1'), '--format', 'json']);
    const value = PUBLISHED.inspect.parse(JSON.parse(stdout));
    expect(exit).toBe(5);
    expect(value.ai).toEqual([{ subsystem: 'ssh', answer: '', error: expect.stringContaining('127.0.0.1:1 could not be asked') }]);
  });

  it('ends at once with 130 on Ctrl+C while the model thinks', async () => {
    let asked = () => {};
    const thinking = new Promise<void>((resolve) => (asked = resolve));
    const stub = await startStub(() => asked());
    try {
      const child = startWard(asking(stub.url));
      const end = ended(child);
      await thinking;
      child.kill('SIGINT');
      const { exit, stdout } = await end;
      expect(exit).toBe(130);
      expect(stdout).toContain('ssh.reachable');
    } finally {
      await stub.stop();
    }
  });

  it('ends silently where the reader of the answer has gone', async () => {
    const stub = await startStub((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const more = () => response.write(piece('more and more\n')) && setImmediate(more);
      response.on('drain', more);
      more();
    });
    try {
      const child = startWard(asking(stub.url));
      child.stdout?.once('data', () => child.stdout?.destroy());
      expect(await ended(child)).toMatchObject({ exit: 0 });
    } finally {
      await stub.stop();
    }
  });
});
