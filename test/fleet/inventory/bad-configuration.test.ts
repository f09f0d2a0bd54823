import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chosen, inEnvironment } from '../../../src/fleet/inventory.ts';
import { folder, load, put, refusal } from './folder.ts';

const yaml = (nodes: string) => `environments:\n  lab:\n    nodes:\n${nodes}`;
const refused = (files: Record<string, string | Buffer>, config = 'nodes.yaml') => refusal(load(put(folder(), files), { config }));
const badYaml = async (text: string | Buffer) => {
  const { exit, text: said } = await refused({ 'nodes.yaml': text });
  return [exit, said.replace(/^\S*\//, '')];
};
const badConf = async (line: string) => {
  const { exit, text } = await refused({ 'n.conf': `# nodes\n${line}\n` }, 'n.conf');
  return [exit, text.replace(/^\S*\//, '')];
};

describe('a configuration that is wrong', () => {
  it('bad input 1: a configuration that is not there is named, with how to make one', async () => {
    const root = folder();
    expect(await refusal(load(root, { config: 'nodes.yaml' }))).toEqual({
      exit: 3,
      text: `${root}/nodes.yaml: there is no such file`,
      next: 'Make one: environments: {mine: {nodes: {web1: {address: 192.0.2.10}}}}',
    });
  });

  it('bad input 2: a folder, a pipe or a device in its place is refused without waiting', async () => {
    const root = folder();
    mkdirSync(join(root, 'd.yaml'));
    execFileSync('mkfifo', [join(root, 'p.yaml')]);
    for (const config of ['d.yaml', 'p.yaml', '/dev/zero']) {
      expect(await refusal(load(root, { config }))).toMatchObject({
        exit: 3,
        text: expect.stringMatching(/: it is not a regular file$/) as string,
      });
    }
  });

  it('bad input 3: a file that everybody may write is refused, with the line that mends it', async () => {
    const root = put(folder(), { 'nodes.yaml': yaml('      a: {}\n') });
    chmodSync(join(root, 'nodes.yaml'), 0o666);
    expect(await refusal(load(root))).toEqual({
      exit: 3,
      text: `${root}/nodes.yaml: everybody may write it (mode 666, owner ${process.getuid?.()})`,
      next: `Mend it with: chmod o-w ${root}/nodes.yaml`,
    });
  });

  it.skipIf(process.getuid?.() !== 0)('bad input 3: a file of another user is refused (skipped unless root)', async () => {
    const root = put(folder(), { 'nodes.yaml': yaml('      a: {}\n') });
    chownSync(join(root, 'nodes.yaml'), 4242, 4242);
    expect(await refusal(load(root))).toMatchObject({
      exit: 3,
      text: expect.stringContaining('it belongs to user 4242, neither to you (0) nor to root (mode 600)') as string,
    });
  });

  it('bad input 4: a syntax error has its line, its column and the line itself', async () => {
    expect(await badYaml(yaml('      a: {address: 192.0.2.1\n      b: 1\n'))).toEqual([
      3,
      expect.stringMatching(/^nodes\.yaml:5:\d+: .+: b: 1$/),
    ]);
    expect(await badYaml('environments: [')).toEqual([3, expect.stringMatching(/^nodes\.yaml:1:16: .+/)]);
  });

  it('bad input 5: an unknown key is refused with the nearest known one', async () => {
    expect(await badYaml(yaml('      ns2:\n        adress: 192.0.2.1\n'))).toEqual([
      3,
      'nodes.yaml:5:9: unknown key "adress" in node ns2; nearest is "address"',
    ]);
    expect(await badYaml('enviroments: {}\n')).toEqual([
      3,
      'nodes.yaml:1:1: unknown key "enviroments" in the file; nearest is "environments"',
    ]);
    expect(await badYaml('rules:\n  - {rule: system/disk, of: true}\n')).toEqual([
      3,
      'nodes.yaml:2:25: unknown key "of" in rules, item 1; nearest is "off"',
    ]);
  });

  it('bad input 6: a value of the wrong type or out of range has its field and the range', async () => {
    const port = (value: string) => badYaml(yaml(`      a: {address: 192.0.2.1, port: ${value}}\n`));
    for (const value of ['.nan', '1e400', '-1', '0', '65536', 'ssh', '22.5', '.inf', '[]']) {
      expect(await port(value)).toEqual([
        3,
        expect.stringMatching(
          /^nodes\.yaml:4:37: port of node a (is .+; it must be a whole number from 1 to 65535|must be a single value)$/,
        ),
      ]);
    }
    expect(await badYaml('ssh: {connect_timeout_s: -5}\n')).toEqual([
      3,
      'nodes.yaml:1:26: connect_timeout_s of ssh is -5; it must be a whole number from 1 to 60',
    ]);
    expect(await badYaml('rules: [{rule: a/b, severity: bad}]\n')).toEqual([
      3,
      'nodes.yaml:1:31: severity of rules, item 1 must be critical, warning, info',
    ]);
    expect(await badYaml('environments: 7\n')).toEqual([3, 'nodes.yaml:1:15: environments of the file must be a map of "key: value"']);
  });

  it('bad input 7: a key, a node or an address that is there twice has both places', async () => {
    expect(await badYaml(yaml('      a: {address: 192.0.2.1}\n      b: {address: 192.0.2.2}\n      a: {address: 192.0.2.3}\n'))).toEqual([
      3,
      expect.stringMatching(/^nodes\.yaml:6:7: the key "a" is there twice; the first is at .*nodes\.yaml:4:7$/),
    ]);
    expect(await badYaml(yaml('      a: {address: 192.0.2.1}\n      b: {address: 192.0.2.1, port: 22}\n'))).toEqual([
      3,
      expect.stringMatching(/^nodes\.yaml:5:7: b and a have the same address 192\.0\.2\.1 port 22; the other is at .*nodes\.yaml:4:7$/),
    ]);
    expect(await badConf('x|root@192.0.2.1|node\nx|root@192.0.2.1|node')).toEqual([
      3,
      'n.conf:3: 192.0.2.1 is there twice in x, first in line 2',
    ]);
  });

  it('bad input 8: a byte order mark and CRLF do no harm; other encodings have the byte where they begin', async () => {
    const fine = put(folder(), { 'nodes.yaml': `\ufeff${yaml('      a: {address: 192.0.2.1}\n').replaceAll('\n', '\r\n')}` });
    expect((await load(fine)).nodes.map(({ name }) => name)).toEqual(['a']);
    expect(await badYaml(Buffer.from('# caf\xe9\n', 'latin1'))).toEqual([3, 'nodes.yaml: byte 5 is no UTF-8; is the file Latin-1?']);
    expect(await badYaml(Buffer.from('\ufeffa: b', 'utf16le'))).toEqual([3, 'nodes.yaml: it is UTF-16 (byte 0); it must be UTF-8']);
    expect(await badYaml('a: \0b')).toEqual([3, 'nodes.yaml: byte 3 is NUL; it must be text in UTF-8']);
  });

  it('bad input 9: a huge file and a million nodes are refused by their limit, before they cost memory', async () => {
    const root = folder();
    execFileSync('truncate', ['-s', '1G', join(put(root, { 'huge.yaml': '' }), 'huge.yaml')]);
    put(root, { 'many.yaml': yaml(Array.from({ length: 400_000 }, (_, at) => `      n${at}: {}\n`).join('')) });
    // In a process of its own, whose memory is only what reading takes.
    const script = `import { loadInventory } from ${JSON.stringify(new URL('../../../src/fleet/inventory.ts', import.meta.url).href)};
      const text = (config) => loadInventory({ config, ssh: [], cwd: ${JSON.stringify(root)}, env: {}, home: '/' }).catch((error) => error.exit + ' ' + error.message);
      await text('none.yaml');
      const before = process.resourceUsage().maxRSS;
      console.log(JSON.stringify([await text('huge.yaml'), await text('many.yaml'), process.resourceUsage().maxRSS - before]));`;
    const [huge, many, kilobytes] = JSON.parse(
      execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }),
    ) as [string, string, number];
    expect(huge).toBe('3 it has 1073741824 bytes; the limit is 8 MiB');
    expect(many).toBe('3 it has more than 20,000 nodes, which is the limit');
    expect(kilobytes).toBeLessThan(100_000);
  });

  it.each([
    ['-oProxyCommand=touch', 'begins with "-" (character 1), which a host name cannot'],
    ['a b', 'has " " as character 2, which a host name cannot hold'],
    ['a\u0007b', String.raw`has "\x07" as character 2, which a host name cannot hold`],
    ['a;b', 'has ";" as character 2, which a host name cannot hold'],
    ['$(id)', 'begins with "$" (character 1), which a host name cannot'],
    ['a%h', 'has "%" as character 2, which a host name cannot hold'],
    ['na\u{1f600}me', 'has "\u{1f600}" as character 3, which a host name cannot hold'],
    ['a'.repeat(300), 'has 300 characters; a host name has at most 253'],
    ['a.', 'ends with "." (character 2), which a host name cannot'],
  ])('bad input 10: the host %j is refused with the character at fault, in each format', async (host, why) => {
    expect(await badConf(`lab|root@${host}|node`)).toEqual([3, `n.conf:2: the host in field 2 ${why}`]);
    expect(await badYaml(yaml(`      a: {address: ${JSON.stringify(host)}}\n`))).toEqual([3, `nodes.yaml:4:20: address of node a ${why}`]);
  });

  it('bad input 10: neither a line end behind a host nor an option as user, jump host or path passes', async () => {
    expect(await badYaml(yaml('      a: {address: "b\\n"}\n'))).toEqual([
      3,
      String.raw`nodes.yaml:4:20: address of node a has "\n" as character 2, which a host name cannot hold`,
    ]);
    for (const [key, value] of [
      ['user', '-lroot'],
      ['jump', '-oX=y'],
      ['jump', 'ok,a b'],
      ['identity_file', '-F/x'],
    ]) {
      expect(await badYaml(yaml(`      a: {address: b, ${key}: ${JSON.stringify(value)}}\n`))).toEqual([
        3,
        expect.stringMatching(/character \d/),
      ]);
    }
  });

  it('bad input 11: a password that is only a placeholder is refused and not shown', async () => {
    for (const secret of ['changeme', 'default', 'CHANGE_ME', '<password>', 'example']) {
      const [exit, text] = await badConf(`lab|root@192.0.2.1|${secret}|node`);
      expect([exit, text]).toEqual([3, 'n.conf:2: the password is only a placeholder']);
    }
    const root = put(folder(), { 'nodes.yaml': yaml('      a: {password_env: PW}\n') });
    expect(await refusal(load(root, { env: { PW: 'changeme' } }))).toMatchObject({
      exit: 3,
      text: expect.stringContaining('PW, the password of node a, is only a placeholder') as string,
    });
  });

  it('bad input 12: --node that names no node has the nearest, and a pattern that fits none is no result', async () => {
    const { nodes } = await load(put(folder(), { 'nodes.yaml': yaml('      ns1: {}\n      ns2: {tags: [db]}\n') }));
    const ask = (node: string[], tag: string[] = []) => refusal((async () => chosen(nodes, { node, tag, role: [] }))());
    expect(await ask(['ns22'])).toEqual({
      exit: 2,
      text: '--node ns22 names no node here; nearest is ns2',
      next: 'Ask for it: --node ns2',
    });
    expect(await ask(['web*'])).toMatchObject({ exit: 5, text: '--node web* fits no node' });
    expect(await ask(['ns1'], ['db'])).toMatchObject({ exit: 5, text: 'no node fits --node, --tag and --role together' });
    expect([...chosen(nodes, { node: ['ns*'], tag: ['db'], role: [] })]).toEqual(['ns2']);
  });

  it('bad input 13: with several environments and none asked for, their names are shown', async () => {
    const inventory = await load(
      put(folder(), { 'nodes.yaml': 'environments:\n  devnet: {nodes: {a: {}}}\n  testnet: {nodes: {a: {}}}\n' }),
    );
    const ask = (environment: string | null) => refusal((async () => inEnvironment(inventory, environment))());
    expect(await ask(null)).toMatchObject({
      exit: 2,
      text: expect.stringMatching(/^--env is missing, and .*nodes\.yaml has 2 environments: devnet and testnet$/) as string,
      next: 'Name one: --env devnet',
    });
    expect(await ask('testnt')).toMatchObject({ exit: 2, text: expect.stringMatching(/nearest is testnet$/) as string });
    expect(inEnvironment(inventory, 'devnet').map(({ environment }) => environment)).toEqual(['devnet']);
  });
});
