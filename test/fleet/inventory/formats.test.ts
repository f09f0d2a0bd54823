import fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { environmentsOf } from '../../../src/fleet/inventory.ts';
import { Refusal } from '../../../src/core/refusal.ts';
import { confInventory } from '../../../src/fleet/inventory/conf-inventory.ts';
import { hostProblem } from '../../../src/fleet/inventory/names.ts';
import { yamlInventory } from '../../../src/fleet/inventory/yaml-inventory.ts';
import { folder, load, put, refusal } from './folder.ts';

const conf = (text: string) => confInventory('/etc/n.conf', text, { env: {}, home: '/home/me' });

describe('nodes.yaml', () => {
  it('gives every field, with paths from home or from beside the file', async () => {
    const root = put(folder(), {
      'nodes.yaml': `environments:
  test:
    nodes:
      ns1: &ns
        address: 192.0.2.7
        port: 2222
        user: ops
        role: nameserver
        tags: [eu, db]
        groups: front
        identity_file: ~/.ssh/fleet
        known_hosts: keys/known
        jump: bastion.example.net
      2001:db8::1: {}
      plain:
rules:
  - {rule: system/disk, tag: db, subject: /srv/*, levels: {warning: 90.5}}
  - {rule: '*', node: ns1, off: true}
ssh: {kex: curve25519-sha256, keep_s: 0, at_once: 8}
`,
    });
    const { nodes, settings, ssh, format } = await load(root);
    expect(format).toBe('yaml');
    expect(nodes[0]).toMatchObject({
      ...{
        name: 'ns1',
        host: '192.0.2.7',
        port: 2222,
        user: 'ops',
        environment: 'test',
        role: 'nameserver',
        tags: ['eu', 'db'],
        groups: ['front'],
      },
      ...{ identity_file: join(root, '.ssh/fleet'), known_hosts: join(root, 'keys/known'), jump: 'bastion.example.net', password: null },
    });
    expect(nodes.slice(1).map(({ name, host, role }) => [name, host, role])).toEqual([
      ['2001:db8::1', '2001:db8::1', 'node'],
      ['plain', 'plain', 'node'],
    ]);
    expect(settings).toEqual([
      { rule: 'system/disk', tag: 'db', subject: '/srv/*', levels: { warning: 90.5 } },
      { rule: '*', node: 'ns1', off: true },
    ]);
    expect(ssh).toEqual({ kex: 'curve25519-sha256', connect_timeout_s: 5, keep_s: 0, at_once: 8 });
  });

  it('takes a password from the environment alone, and never shows it', async () => {
    const root = put(folder(), { 'nodes.yaml': 'environments: {a: {nodes: {n: {password_env: N_PW}, m: {password_env: M_PW}}}}' });
    const inventory = await load(root, { env: { N_PW: 'canary-4711' } });
    expect(inventory.nodes.map(({ password }) => password?.reveal())).toEqual(['canary-4711', undefined]);
    expect(inventory.notes).toEqual([
      'n: a password is in use; a key is the better way',
      'm: M_PW is not set, so it is asked with keys alone',
    ]);
    expect(JSON.stringify(inventory)).not.toContain('canary');
  });

  it('takes 20,000 nodes', () => {
    const text = `environments:\n  a:\n    nodes:\n${Array.from({ length: 20_000 }, (_, at) => `      n${at}: {}\n`).join('')}`;
    expect(yamlInventory('/n.yaml', text, { env: {}, home: '/' }).nodes).toHaveLength(20_000);
  });

  it('refuses or takes any text, and never breaks', () => {
    const words = fc.constantFrom(
      'environments',
      'nodes',
      'a',
      'address',
      'rules',
      ': ',
      '\n',
      '  ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '*a',
      '&a',
      '"',
      "'",
      '#',
      '\t',
      '0',
      '-o',
      'null',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 40 }), (parts) => {
        try {
          for (const { host } of yamlInventory('/n.yaml', parts.join(''), { env: {}, home: '/' }).nodes)
            expect(hostProblem(host ?? '')).toBeNull();
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('remote-nodes.conf', () => {
  it('reads the format of five fields, whose last keeps further pipes', () => {
    const { nodes, format, notes } = conf(
      '# a remark\n\n  dev|me@corp@192.0.2.1|s3cr3t|nameserver-ns1  \ndev|root@b.example|pw|node|~/.ssh/a|b\n',
    );
    expect(format).toBe('conf-5');
    expect(
      nodes.map(({ name, user, environment, role, identity_file, password }) => [
        name,
        user,
        environment,
        role,
        identity_file,
        password?.reveal(),
      ]),
    ).toEqual([
      ['192.0.2.1', 'me@corp', 'dev', 'nameserver-ns1', null, 's3cr3t'],
      ['b.example', 'root', 'dev', 'node', '/home/me/.ssh/a|b', undefined],
    ]);
    expect(notes).toEqual(['/etc/n.conf holds passwords for 1 of its nodes; keys are the better way']);
  });

  it('tells the two formats of three fields apart by a number in front', () => {
    expect(conf('1|root@a|pw')).toMatchObject({ format: 'conf-3', nodes: [{ environment: null, role: 'node', host: 'a' }] });
    expect(conf('dev|root@a|nameserver')).toMatchObject({
      format: 'conf-3',
      nodes: [{ environment: 'dev', role: 'nameserver', password: null }],
    });
  });

  it('decides four fields by where the role stands', () => {
    expect(conf('dev|root@a|node|whatever')).toMatchObject({ format: 'conf-4', nodes: [{ role: 'node', password: null }] });
    expect(conf('dev|root@a|pass|nameserver-ns2').nodes[0]).toMatchObject({ role: 'nameserver-ns2', password: {} });
  });

  it('prints no field of a line that it cannot understand, for one may be a password', async () => {
    for (const line of ['dev|root@a|hunter2|hunter3', 'hunter2|hunter2', 'dev|hunter2|hunter2|node', 'dev|root@a|pw|hunter2!|k']) {
      const { exit, text, next } = await refusal((async () => conf(line))());
      expect([exit, `${text} ${next}`.includes('hunter')]).toEqual([3, false]);
      expect(text).toMatch(/^\/etc\/n\.conf:1: /);
    }
  });

  it('refuses or takes any line, and never breaks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom('dev', 'root@a', 'node', 'nameserver', '1', '', '-o@-x', 'pw'), fc.string({ unit: 'binary' })), {
          maxLength: 7,
        }),
        (fields) => {
          try {
            for (const { host, user } of conf(fields.join('|')).nodes)
              expect([hostProblem(host ?? ''), user?.startsWith('-')]).toEqual([null, false]);
          } catch (error) {
            expect(error).toBeInstanceOf(Refusal);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('what is looked for', () => {
  it('takes the first of the usual places', async () => {
    const text = (name: string) => `environments: {e: {nodes: {${name}: {}}}}`;
    const root = put(folder(), { '.config/wardround/nodes.yaml': text('xdg') });
    const first = async (env = {}) => (await load(root, { env })).nodes[0]?.name;
    expect(await first()).toBe('xdg');
    put(root, { 'scripts/nodes.conf': 'e|root@nodes-conf|node' });
    expect(await first()).toBe('nodes-conf');
    put(root, { 'scripts/remote-nodes.conf': 'e|root@remote-nodes|node' });
    expect(await first()).toBe('remote-nodes');
    put(root, { 'nodes.yaml': text('here') });
    expect(await first()).toBe('here');
    put(root, { 'other.yaml': text('by-env') });
    expect(await first({ WARD_CONFIG: 'other.yaml' })).toBe('by-env');
    expect((await load(root, { config: 'scripts/nodes.conf', env: { WARD_CONFIG: 'other.yaml' } })).nodes[0]?.name).toBe('nodes-conf');
  });

  it('is this machine where there is none', async () => {
    expect(await load(folder())).toMatchObject({ path: null, format: 'local', nodes: [{ host: null, environment: null }] });
  });

  it('takes hosts of ssh_config by pattern, through its includes, and a plain name as it is', async () => {
    const root = put(folder(), {
      '.ssh/config': 'Include conf.d/*\nHost *\n  User x\nHost=web1 web2 "web 3" !no db?\n  HostName 192.0.2.1\n',
      '.ssh/conf.d/a': 'host web9\nInclude ../config\n',
      'nodes.yaml': 'environments: {e: {nodes: {n: {}}}}\nrules: [{rule: "*", off: true}]\n',
    });
    const names = async (...ssh: string[]) => (await load(root, { ssh })).nodes.map(({ name }) => name);
    expect(await names('web*')).toEqual(['web9', 'web1', 'web2']);
    expect(await names('web2', 'other.example')).toEqual(['web2', 'other.example']);
    expect(await refusal(load(root, { ssh: ['x*'] }))).toMatchObject({ exit: 5, text: '--ssh x* fits no Host of ~/.ssh/config' });
    expect(await refusal(load(root, { ssh: ['-oProxyCommand=id'] }))).toMatchObject({ exit: 2 });
    expect((await load(root, { ssh: ['web1'] })).settings).toEqual([]);
    expect(await load(root, { ssh: ['web1'], config: 'nodes.yaml' })).toMatchObject({
      nodes: [{ name: 'web1' }],
      settings: [{ rule: '*' }],
    });
  });

  it('lists environments in the order of the file', async () => {
    expect(
      environmentsOf(await load(put(folder(), { 'nodes.yaml': 'environments: {z: {nodes: {a: {}}}, b: {nodes: {a: {}}}, empty: {}}' }))),
    ).toEqual(['z', 'b']);
  });
});
