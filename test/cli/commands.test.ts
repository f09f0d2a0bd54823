import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { transcript } from '../../src/hosts/transcript.ts';
import { home, useWard, ward } from './run-ward.ts';

useWard();

describe('ward', () => {
  it('shows the health of this machine when nothing is asked, also where it may read only some of it', async () => {
    const { exit, stdout, stderr } = await ward([]);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(stdout).toMatch(/^[✗!?✓] .* read in \d+\.\d\d s {3}\w{3} \d/);
    expect(stdout).toMatch(/^Memory +\d+% {2}[━─]{20} {2}.+ available$/m);
  });

  it('has examples and exit codes in the help of every command', async () => {
    for (const words of [['monitor'], ['node', 'report'], ['node', 'record'], ['rules'], ['config', 'check'], ['config', 'path']]) {
      const { exit, stdout } = await ward([...words, '--help']);
      expect(exit).toBe(0);
      expect(stdout).toContain(`Examples:\n  `);
      expect(stdout).toContain('Exit codes:');
    }
  });

  it.each([['rules'], ['doctor']])('lists %s as a table, a wide one, JSON and YAML', async (...words) => {
    const [json, yaml, table, wide] = await Promise.all(
      ['json', 'yaml', 'table', 'wide'].map(async (form) => (await ward([...words, '-o', form])).stdout),
    );
    expect(parse(yaml ?? '')).toEqual(JSON.parse(json ?? ''));
    expect(yaml).not.toMatch(/[&*]a\d/);
    const longest = (text = '') => Math.max(...text.split('\n').map((line) => line.length));
    expect(longest(wide)).toBeGreaterThanOrEqual(longest(table));
  });

  it('says its version in one line', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
    for (const words of [['version'], ['--version']]) expect(await ward(words)).toEqual({ exit: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('ward node record', () => {
  it('writes a transcript that says from what and when it is, readable by its owner only, and that replays', async () => {
    const to = mkdtempSync(join(home, 'cases-'));
    const { exit, stdout } = await ward(['node', 'record', 'system', '--case', 'here', '--to', to]);
    expect(exit).toBe(0);
    const path = stdout.trim();
    const text = readFileSync(path, 'utf8');
    expect(text).toMatch(/^# system, ward \d+\.\d+\.\d+, profile \w+, recorded \d{4}-\d\d-\d\d\n/);
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(transcript(text).answers.has('read /proc/meminfo')).toBe(true);
    expect((await ward(['node', 'record', 'system', '--case', 'here', '--to', to])).exit).toBe(2);
  });

  it.each(['../up', 'A', '-x', ''])('refuses %j as the name of a case', async (name) => {
    expect((await ward(['node', 'record', 'system', `--case=${name}`])).exit).toBe(2);
  });
});

describe('ward rules', () => {
  it('lists every rule with its levels and where they come from', async () => {
    const { stdout } = await ward(['rules']);
    expect(stdout).toMatch(/^system\/disk +warning +A file system is nearly full.*Levels: warning 85, critical 90 \(/m);
    expect(stdout).toMatch(/^ssh\/unreachable +critical/m);
  });
});

describe('ward config', () => {
  const config = join(home, 'odd.yaml');

  it('says what is in the inventory, and warns of a setting that fits nothing, with the nearest', async () => {
    const rules = [
      'rules:',
      '  - {rule: system/dsk, off: true}',
      '  - {rule: system/disk, node: ns3, off: true}',
      '  - {rule: "system/*", role: web, off: true}',
    ];
    writeFileSync(
      config,
      ['environments:', '  lab: {nodes: {ns1: {address: 192.0.2.1, role: web}, ns2: {address: 192.0.2.2}}}', ...rules, ''].join('\n'),
    );
    const { exit, stdout, stderr } = await ward(['config', 'check', '--config', config]);
    expect(exit).toBe(0);
    expect(stdout).toBe(`${config} is right: 2 nodes in 1 environment (lab 2), 3 rule settings.\n`);
    expect(stderr).toBe(
      'ward: rules[0]: no rule fits "system/dsk"; nearest is "system/disk"\nward: rules[1]: no node fits "ns3"; nearest is "ns1"\n',
    );
  });

  it('prints the path that is taken, and is 3 where there is none', async () => {
    expect(await ward(['config', 'path', '--config', config])).toMatchObject({ exit: 0, stdout: `${config}\n` });
    expect(await ward(['config', 'path'])).toMatchObject({ exit: 3, stdout: '', stderr: expect.stringContaining('no inventory is there') });
  });
});
