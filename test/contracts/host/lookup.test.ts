import { describe, expect, it } from 'vitest';
import { type DnsRecord, desertedByNameServer, nameBytes, nameIn, nameServer, reply } from './name-server.ts';
import { WAYS } from './ways.ts';

const A: DnsRecord[] = [
  { type: 1, data: Buffer.from([192, 0, 2, 9]) },
  { type: 1, data: Buffer.from([192, 0, 2, 1]) },
];
const AAAA: DnsRecord[] = [{ type: 28, data: Buffer.from('20010db8000000000000000000000001', 'hex') }];
const NS: DnsRecord[] = ['ns2.example.net', 'ns1.example.net'].map((name) => ({ type: 2, data: nameBytes(name) }));
const numbers = Buffer.alloc(20);
numbers.writeUInt32BE(2026112201);
const SOA: DnsRecord[] = [{ type: 6, data: Buffer.concat([nameBytes('ns1.example.net'), nameBytes('admin.example.net'), numbers]) }];

describe.each(WAYS)('a name server asked by $way', ({ hostWithin }) => {
  const { ask } = hostWithin();

  it.each([
    ['A', A, ['192.0.2.1', '192.0.2.9']],
    ['AAAA', AAAA, ['2001:db8::1']],
    ['NS', NS, ['ns1.example.net', 'ns2.example.net']],
    ['SOA', SOA, ['ns1.example.net admin.example.net 2026112201']],
  ] as const)('gives the %s records, in order', async (type, records, texts) => {
    const server = await nameServer((question) => reply(question, records));
    expect(await ask('lookup', { server, name: 'example.net', type })).toEqual(texts);
  });

  it('is asked for exactly this name, without a search list', async () => {
    const names: string[] = [];
    const server = await nameServer((question) => {
      names.push(nameIn(question).toLowerCase());
      return reply(question, [], 3);
    });
    await ask('lookup', { server, name: 'ns1', type: 'A' });
    expect(names).toEqual(['ns1']);
  });

  it.each([
    [3, [], 'absent', 'there is no such name'],
    [0, [], 'absent', 'the name has no such record'],
    [2, [], 'failed', 'the name server could not answer (SERVFAIL)'],
    [5, [], 'failed', 'the name server refused to answer (REFUSED)'],
    [4, [], 'failed', 'the name server cannot answer such a question (NOTIMP)'],
  ] as const)('that answers with code %i and no record is said to', async (code, records, kind, reason) => {
    const server = await nameServer((question) => reply(question, records, code));
    expect(await ask('lookup', { server, name: 'example.net', type: 'A' })).toMatchObject({ kind, reason });
  });

  it('that is silent is waited for no longer than the deadline', async () => {
    const server = await nameServer(() => null);
    const begun_ms = performance.now();
    expect(await hostWithin(400).ask('lookup', { server, name: 'example.net', type: 'A' })).toMatchObject({
      kind: 'timeout',
      reason: 'no answer within 0.4 s',
    });
    expect(performance.now() - begun_ms).toBeLessThan(1_500);
  });

  it.each([
    ['nonsense', () => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['an answer to another question', (question: Buffer) => reply(Buffer.concat([Buffer.from([0, 0]), question.subarray(2)]), A)],
    ['an answer that is cut in the middle', (question: Buffer) => reply(question, A).subarray(0, -3)],
    ['a name that points to itself', (question: Buffer) => reply(question, [{ type: 2, data: Buffer.from([0xc0, question.length + 12]) }])],
  ])('that sends %s never gets a record believed', async (_, serve) => {
    const server = await nameServer(serve);
    const answer = await hostWithin(400).ask('lookup', { server, name: 'example.net', type: 'NS' });
    expect(answer).toMatchObject({ asked: true });
    expect(['failed', 'timeout']).toContain((answer as { kind: string }).kind);
  });

  it('that is not there is said to be absent', async () => {
    expect(await ask('lookup', { server: await desertedByNameServer(), name: 'example.net', type: 'A' })).toMatchObject({
      kind: 'absent',
      reason: 'no name server listens there',
    });
  });

  it.each(['', 'ns1.example.net', 'nonsense:port', '300.1.1.1:53'])('is not asked at %j, which is no address', async (server) => {
    expect(await ask('lookup', { server, name: 'example.net', type: 'A' })).toMatchObject({ kind: 'failed', asked: false });
  });

  it.each(['a..b', `${'x'.repeat(64)}.net`])('is not asked for %j, which is no name', async (name) => {
    const server = await nameServer((question) => reply(question, A));
    expect(await hostWithin(400).ask('lookup', { server, name, type: 'A' })).toMatchObject({ kind: 'failed' });
  });
});
