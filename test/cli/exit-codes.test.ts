import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { endingOf } from '../../src/cli/failure.ts';
import { ended, home, startWard, useWard, ward } from './run-ward.ts';

useWard();

/** An inventory whose nodes are what the lines say. */
function inventory(name: string, ...lines: string[]): string {
  const folder = join(home, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'nodes.yaml'), `${lines.join('\n')}\n`);
  return folder;
}

const TWO = [
  'environments:',
  '  devnet: {nodes: {a: {address: 127.0.0.1, port: 1}}}',
  '  testnet: {nodes: {b: {address: 127.0.0.1, port: 1}}}',
];
const ONE = ['environments:', '  lab: {nodes: {ns1: {address: 127.0.0.1, port: 1}, ns2: {address: 127.0.0.2, port: 1}}}'];

describe('exit codes', () => {
  it('is 0 for a report of this machine, and nothing is said beside it', async () => {
    const { exit, stdout, stderr } = await ward(['node', 'report', '--json', '--only', 'system']);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ schema_version: 1, states: { system: 'ok' } });
    expect(stdout.trimEnd()).not.toContain('\n');
  });

  it.each([
    [['monitr'], "unknown command 'monitr'; nearest is monitor"],
    [['monitor', 'clustr'], 'monitor has no view "clustr"; nearest is cluster'],
    [['monitor', 'cluster', '--enf', 'x'], "unknown option '--enf'; nearest is --env"],
    [['monitor', '--timeout', 'soon'], '--timeout takes whole seconds from 1 to 600, not "soon"'],
    [['monitor', '--fail-on', 'critcal'], '--fail-on does not take "critcal"; nearest is critical'],
    [['node', 'report', '--only', 'sytem'], '--only does not take "sytem"; nearest is system'],
  ])('is 2 for words that are no command: %j', async (words, said) => {
    const { exit, stdout, stderr } = await ward(words);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr.split('\n')[0]).toBe(`ward: ${said}`);
  });

  it('names what there is where a group of commands is called without one', async () => {
    expect(await ward(['node'])).toMatchObject({
      exit: 2,
      stdout: '',
      stderr: 'ward: a command is missing\n      Usage: ward node [options] [command]\n',
    });
  });

  it('bad input 12: is 2 for --node that names no node, with the nearest; 5 for a pattern that fits none', async () => {
    const cwd = inventory('twelve', ...ONE);
    const typo = await ward(['monitor', '--node', 'ns22'], { cwd });
    expect(typo.exit).toBe(2);
    expect(typo.stderr).toMatch(/--node ns22 names no node.*nearest is ns2/);
    expect((await ward(['monitor', '--node', 'web*'], { cwd })).exit).toBe(5);
  });

  it('bad input 13: is 2 without --env where there are several environments, and names them', async () => {
    const { exit, stderr } = await ward(['monitor'], { cwd: inventory('thirteen', ...TWO) });
    expect(exit).toBe(2);
    expect(stderr).toMatch(/--env is missing, and .*nodes\.yaml has 2 environments: devnet and testnet/);
  });

  it('bad input 14: is 8 where the output cannot be written, and 0, silently, where nobody reads it', async () => {
    const full = openSync('/dev/full', 'w');
    const unwritten = await ended(startWard(['rules', '--json'], {}, ['ignore', full, 'pipe']));
    closeSync(full);
    expect(unwritten.exit).toBe(8);
    expect(JSON.parse(unwritten.stderr)).toMatchObject({ exit: 8, where: 'standard output' });

    const child = startWard(['rules', '--json']);
    child.stdout?.destroy();
    expect(await ended(child)).toMatchObject({ exit: 0, stderr: '' });
  });

  it('bad input 15: is 2 for the live screen without a terminal, and says what a script should use', async () => {
    const { exit, stderr } = await ward(['monitor', 'live']);
    expect(exit).toBe(2);
    expect(stderr).toBe(
      'ward: monitor live needs a terminal, and this output is not one\n      For a script: ward monitor cluster --json\n',
    );
  });

  it('is 3 for an inventory that is not there or wrong, with file, line and column', async () => {
    expect(await ward(['monitor', '--config', 'none.yaml'])).toMatchObject({ exit: 3, stdout: '' });
    const { exit, stderr } = await ward(['config', 'check'], { cwd: inventory('three', ...ONE, 'rulez: []') });
    expect(exit).toBe(3);
    expect(stderr).toMatch(/nodes\.yaml:3:1: unknown key "rulez".*nearest is "rules"/);
  });

  it('is 5 where no node answered; the table says why on standard output, and one line on standard error', async () => {
    const { exit, stdout, stderr } = await ward(['monitor', 'cluster'], { cwd: inventory('five', ...ONE) });
    expect(exit).toBe(5);
    expect(stdout).toMatch(/^ns1 +✗ unreachable +.*refused/m);
    expect(stderr).toMatch(/^ward: 0 of 2 nodes answered; ns1: .*refused/m);
  });

  it('is a JSON object on standard error with --json, whatever is wrong', async () => {
    const { exit, stdout, stderr } = await ward(['monitor', '--json', '--config', 'none.yaml']);
    expect({ exit, stdout }).toEqual({ exit: 3, stdout: '' });
    expect(JSON.parse(stderr)).toMatchObject({ exit: 3, error: expect.any(String), next: expect.any(String) });
  });

  it('is a bug of ours, 70, said in one line without a stack trace; WARD_DEBUG adds the trace', () => {
    const bug = new TypeError("Cannot read properties of undefined (reading 'x')");
    const { exit, text } = endingOf(bug, { json: false, debug: false });
    expect(exit).toBe(70);
    expect(text.split('\n')[0]).toBe("ward: fault in ward: Cannot read properties of undefined (reading 'x')");
    expect(text).not.toContain('    at ');
    expect(endingOf(bug, { json: false, debug: true }).text).toContain('    at ');
  });

  it('is 3 and one line on standard output for a Nagios that could not be told anything', async () => {
    expect(await ward(['monitor', 'alerts', '--nagios', '--config', 'none.yaml'])).toMatchObject({
      exit: 3,
      stderr: '',
      stdout: expect.stringMatching(/^WARD UNKNOWN - .*none\.yaml/),
    });
  });

  it('names the configuration that was taken on standard error, and nothing of it on standard output', async () => {
    const { stdout, stderr } = await ward(['monitor', 'cluster', '--json'], { cwd: inventory('named', ...ONE) });
    expect(stderr).toMatch(/^ward: configuration .*named\/nodes\.yaml$/m);
    expect(JSON.parse(stdout)).toHaveLength(2);
  });
});
