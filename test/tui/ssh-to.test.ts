import { describe, expect, it } from 'vitest';
import { reaches } from '../../src/cli/monitor/reach.ts';
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

  it('is written for people with quotes only where a shell needs them', () => {
    expect(reaches([NODE]).get('ns2')).toBe("-i '/home/ops/my key' -p 2222 ops@ns2.example.net");
  });
});
