import { describe, expect, it } from 'vitest';
import { profileFrom } from '../../../src/agent/node-file.ts';
import { probed } from '../../../src/agent/probe.ts';
import { meshMachine } from './mesh.ts';

const PING = (address: string) => `run ping -n -c 1 -W 2 ${address}`;
const pinged = async (...lines: string[]) =>
  (await probed({ kind: 'mesh-ping', target: 'all', address: null }, meshMachine(lines).host, profileFrom(''))).results;

describe('a ping of every peer of the mesh', () => {
  it('tells who answers, how fast, and who does not', async () => {
    const answered = '|64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.345 ms';
    expect(
      await pinged(PING('10.0.0.2'), answered, PING('10.0.0.3'), '|1 packets transmitted, 0 received, 100% packet loss', '= 1'),
    ).toEqual([
      { subject: '10.0.0.2', passed: true, reason: '', by: 'ping', took_ms: 0.345, records: [], chain: null },
      { subject: '10.0.0.3', passed: false, reason: 'no answer within 2 s', by: 'ping', took_ms: null, records: [], chain: null },
    ]);
  });

  it('quotes what the kernel says where a packet cannot even leave', async () => {
    const [first] = (await pinged(PING('10.0.0.2'), '!|ping: sendmsg: Required key not available', '= 1')) ?? [];
    expect(first).toMatchObject({ passed: false, reason: 'sendmsg: Required key not available' });
  });

  it('takes a refused connection for an answer where there is no ping, and silence for nothing', async () => {
    const none = '= absent ping is not installed';
    const lines = [PING('10.0.0.2'), none, PING('10.0.0.3'), none];
    const refusing = ['exchange 10.0.0.2:9', '= absent nobody listens there', 'exchange 10.0.0.3:9', '= timeout no answer within 3 s'];
    expect(await pinged(...lines, ...refusing)).toMatchObject([
      { subject: '10.0.0.2', passed: true, by: 'tcp' },
      { subject: '10.0.0.3', passed: null, by: 'tcp', reason: 'ping cannot be used here, and TCP port 9: no answer within 3 s' },
    ]);
  });
});
