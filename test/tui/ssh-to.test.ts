import { describe, expect, it } from 'vitest';
import type { NodeConfig } from '../../src/fleet/node-config.ts';
import { reaches } from '../../src/fleet/reach.ts';
import { plainNode } from '../../src/fleet/inventory/empty.ts';
import { loginWords } from '../../src/tui/ssh-to.ts';

const NODE = { ...plainNode('ns2', 'ns2.example.net'), user: 'ops', identity_file: '/home/ops/my key', port: 2222 };

describe('ssh to the node of a row', () => {
  it('knows the node by the host keys that ward itself was told to trust', () => {
    const ours = loginWords(NODE, '/home/ops/.local/state/wardround/known_hosts') ?? [];
    expect(ours).toContain(
      'GlobalKnownHostsFile=/etc/ssh/ssh_known_hosts /etc/ssh/ssh_known_hosts2 "/home/ops/.local/state/wardround/known_hosts"',
    );
    const named = loginWords({ ...NODE, known_hosts: '/srv/known' }, '/home/ops/.local/state/wardround/known_hosts') ?? [];
    expect(named).toEqual(expect.arrayContaining(['UserKnownHostsFile="/srv/known"', 'GlobalKnownHostsFile=/dev/null']));
  });

  it('offers the key of the inventory alone, so that no agent full of keys is refused first', () => {
    expect(loginWords(NODE, null)).toEqual(['-o', 'IdentitiesOnly=yes', '-i', '/home/ops/my key', '-p', '2222', 'ops@ns2.example.net']);
  });

  it('is nothing for this machine', () => {
    expect(loginWords({ ...NODE, host: null }, null)).toBeNull();
  });

  it('goes through a jump host of the inventory by its own key and its own host keys', () => {
    const bastion = { ...NODE, name: 'bastion', host: 'b.example.net', known_hosts: '/home/ops/known', identity_file: '/home/ops/b' };
    const proxy = loginWords({ ...NODE, jump: bastion }, null)?.find((word) => word.startsWith('ProxyCommand=')) ?? '';
    expect(proxy).toContain(`-o 'UserKnownHostsFile="/home/ops/known"'`);
    expect(proxy).toContain('-i /home/ops/b');
    expect(proxy).toMatch(/ -- b\.example\.net$/);
  });

  it('says a jump host as short as ssh takes it', () => {
    const bastion = { ...NODE, name: 'bastion', host: 'b.example.net', identity_file: null };
    const through = (jump: NodeConfig | string) => reaches([{ ...NODE, identity_file: null, jump }]).get('ns2');
    expect(through(bastion)).toBe('-J ops@b.example.net:2222 -p 2222 ops@ns2.example.net');
    expect(through('b,c')).toBe('-J b,c -p 2222 ops@ns2.example.net');
    expect(through({ ...bastion, port: null, identity_file: '/home/ops/b' })).toBe(
      String.raw`-o 'ProxyCommand=ssh -W '\''[%h]:%p'\'' -i /home/ops/b ops@b.example.net' -p 2222 ops@ns2.example.net`,
    );
  });

  it('is written for people with quotes only where a shell needs them', () => {
    expect(reaches([NODE]).get('ns2')).toBe("-i '/home/ops/my key' -p 2222 ops@ns2.example.net");
  });
});
