import { createSocket } from 'node:dgram';
import { onTestFinished } from 'vitest';

/** A resource record as RFC 1035 numbers its type, with its data as bytes. */
export interface DnsRecord {
  type: number;
  data: Buffer;
}

/** What is sent back for a question: bytes, or nothing at all. */
export type Serve = (question: Buffer) => Buffer | null;

/** A name server on loopback until the test ends; gives its `HOST:PORT`. */
export async function nameServer(serve: Serve): Promise<string> {
  const socket = createSocket('udp4');
  socket.on('message', (question, { port, address }) => {
    const answer = serve(question);
    if (answer !== null) socket.send(answer, port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    socket.close();
  });
  return `127.0.0.1:${socket.address().port}`;
}

/** A place where no name server listens, for it was just given up. */
export async function desertedByNameServer(): Promise<string> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(resolve));
  return `127.0.0.1:${port}`;
}

const HEADER_BYTES = 12;
const RESPONSE = 0x8180;

/** The answer to a question, with these records and this code (RFC 1035, 4.1). */
export function reply(question: Buffer, records: readonly DnsRecord[], code = 0): Buffer {
  const asked = question.subarray(HEADER_BYTES, endOfQuestion(question));
  const header = Buffer.alloc(HEADER_BYTES);
  question.copy(header, 0, 0, 2);
  header.writeUInt16BE(RESPONSE | code, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, asked, ...records.map(recordBytes)]);
}

function recordBytes({ type, data }: DnsRecord): Buffer {
  const head = Buffer.alloc(12);
  // The name is the one that was asked for: a pointer to it.
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function endOfQuestion(question: Buffer): number {
  let at = HEADER_BYTES;
  while (question[at] !== 0) at += (question[at] ?? 0) + 1;
  return at + 5;
}

/** A name as labels: `ns1.example.net` without its dots. */
export function nameBytes(name: string): Buffer {
  return Buffer.concat([...name.split('.').map((label) => Buffer.from(String.fromCharCode(label.length) + label)), Buffer.from([0])]);
}

/** The name that a question asks for. */
export function nameIn(question: Buffer): string {
  const labels: string[] = [];
  for (let at = HEADER_BYTES; question[at] !== 0; at += (question[at] ?? 0) + 1)
    labels.push(question.toString('latin1', at + 1, at + 1 + (question[at] ?? 0)));
  return labels.join('.');
}
