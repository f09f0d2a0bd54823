/** A value as D-Bus carries it: numbers of 64 bits are bigint, variants are what they hold, dictionaries are pairs. */
export type BusValue = string | number | bigint | boolean | BusValue[];

/** A method call; all arguments are texts or lists of texts. */
export interface Call {
  destination: string | null;
  path: string;
  interface: string;
  member: string;
  args: readonly (string | readonly string[])[];
}

/** What came back to the call with this serial. */
export interface Reply {
  serial: number;
  error: string | null;
  values: BusValue[];
}

const CALL = 1;
const RETURN = 2;
const ERROR = 3;
const HEADER_BYTES = 16;
/** The specification's own limit is 128 MiB; no answer that we ask for comes near this. */
const MOST_BYTES = 8 * 1024 * 1024;

/** The bytes of a call (D-Bus specification, "Message Format", little-endian). */
export function callBytes({ destination, path, interface: owner, member, args }: Call, serial: number): Buffer {
  const body = new Writer();
  for (const arg of args) body.argument(arg);
  const fields = new Writer();
  fields.field(1, 'o', path);
  fields.field(2, 's', owner);
  fields.field(3, 's', member);
  if (destination !== null) fields.field(6, 's', destination);
  if (args.length > 0) fields.signatureField(8, args.map((arg) => (typeof arg === 'string' ? 's' : 'as')).join(''));
  const head = new Writer();
  head.bytes([0x6c, CALL, 0, 1]);
  head.uint32(body.length);
  head.uint32(serial);
  head.uint32(fields.length);
  const header = Buffer.concat([head.buffer(), fields.buffer()]);
  return Buffer.concat([header, Buffer.alloc((8 - (header.length % 8)) % 8), body.buffer()]);
}

class Writer {
  readonly #parts: Buffer[] = [];
  length = 0;

  bytes(values: readonly number[]): void {
    this.#push(Buffer.from(values));
  }

  uint32(value: number): void {
    this.#align(4);
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    this.#push(bytes);
  }

  text(value: string): void {
    this.uint32(Buffer.byteLength(value));
    this.#push(Buffer.from(`${value}\0`));
  }

  argument(value: string | readonly string[]): void {
    if (typeof value === 'string') {
      this.text(value);
      return;
    }
    const items = new Writer();
    for (const item of value) items.text(item);
    this.uint32(items.length);
    this.#push(items.buffer());
  }

  field(code: number, type: 'o' | 's', value: string): void {
    this.#align(8);
    this.bytes([code, 1, type.charCodeAt(0), 0]);
    this.text(value);
  }

  signatureField(code: number, signature: string): void {
    this.#align(8);
    this.bytes([code, 1, 'g'.charCodeAt(0), 0, signature.length]);
    this.#push(Buffer.from(`${signature}\0`));
  }

  buffer(): Buffer {
    return Buffer.concat(this.#parts);
  }

  #align(to: number): void {
    this.#push(Buffer.alloc((to - (this.length % to)) % to));
  }

  #push(bytes: Buffer): void {
    this.#parts.push(bytes);
    this.length += bytes.length;
  }
}

/** How long the message at the start of the bytes is; null while its header is not whole. Throws on what is no message. */
export function messageLength(bytes: Buffer): number | null {
  if (bytes.length < HEADER_BYTES) return null;
  if (bytes[0] !== 0x6c) throw new Error('the bus answers in an order of bytes that is not read here');
  const fields = bytes.readUInt32LE(12);
  const total = HEADER_BYTES + fields + ((8 - (fields % 8)) % 8) + bytes.readUInt32LE(4);
  if (total > MOST_BYTES) throw new Error('the bus sent a message of more than 8 MiB');
  return total;
}

/** A whole message as the reply that it is; null for signals and whatever else nobody waits for. */
export function replyIn(message: Buffer): Reply | null {
  const type = message[1];
  if (type !== RETURN && type !== ERROR) return null;
  const reader = new Reader(message);
  reader.at = 12;
  const fields = reader.value('a(yv)') as [number, BusValue][];
  reader.align(8);
  const field = (code: number) => fields.find(([each]) => each === code)?.[1];
  const values = reader.values(String(field(8) ?? ''));
  const error = type === ERROR ? `${String(field(4) ?? 'an error without a name')}: ${String(values[0] ?? '')}` : null;
  return { serial: Number(field(5) ?? 0), error, values };
}

const ALIGNMENT: Readonly<Record<string, number>> = { n: 2, q: 2, b: 4, i: 4, u: 4, s: 4, o: 4, a: 4, x: 8, t: 8, d: 8, '(': 8, '{': 8 };

class Reader {
  readonly #bytes: Buffer;
  at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  align(to: number): void {
    this.at += (to - (this.at % to)) % to;
  }

  values(signature: string): BusValue[] {
    return types(signature).map((type) => this.value(type));
  }

  value(type: string): BusValue {
    const kind = type[0] ?? '';
    this.align(ALIGNMENT[kind] ?? 1);
    switch (kind) {
      case 's':
      case 'o':
        return this.#text(this.#uint32());
      case 'g':
        return this.#text(this.#take(1).readUInt8());
      case 'v':
        return this.value(String(this.value('g')));
      case 'a':
        return this.#list(type.slice(1));
      case '(':
      case '{':
        return this.values(type.slice(1, -1));
      default:
        return this.#number(kind);
    }
  }

  #list(type: string): BusValue[] {
    const length = this.#uint32();
    this.align(ALIGNMENT[type[0] ?? ''] ?? 1);
    const end = this.at + length;
    const items: BusValue[] = [];
    while (this.at < end) items.push(this.value(type));
    return items;
  }

  #number(kind: string): BusValue {
    switch (kind) {
      case 'y':
        return this.#take(1).readUInt8();
      case 'b':
        return this.#uint32() !== 0;
      case 'u':
        return this.#uint32();
      case 'i':
        return this.#take(4).readInt32LE();
      case 'n':
        return this.#take(2).readInt16LE();
      case 'q':
        return this.#take(2).readUInt16LE();
      case 'x':
        return this.#take(8).readBigInt64LE();
      case 't':
        return this.#take(8).readBigUInt64LE();
      case 'd':
        return this.#take(8).readDoubleLE();
      default:
        throw new Error(`the bus sent a value of type ${kind}, which is not read here`);
    }
  }

  #text(length: number): string {
    return this.#take(length + 1).toString('utf8', 0, length);
  }

  #uint32(): number {
    return this.#take(4).readUInt32LE();
  }

  #take(count: number): Buffer {
    const end = this.at + count;
    if (end > this.#bytes.length) throw new Error('a message of the bus ends too early');
    const taken = this.#bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }
}

/** The single complete types of a signature: `sa{sv}(ii)` gives three. */
function types(signature: string): string[] {
  const found: string[] = [];
  for (let at = 0; at < signature.length; ) {
    const end = typeEnd(signature, at);
    found.push(signature.slice(at, end));
    at = end;
  }
  return found;
}

function typeEnd(signature: string, start: number): number {
  let at = start;
  while (signature[at] === 'a') at += 1;
  let depth = 0;
  do {
    if (/[({]/.test(signature[at] ?? '')) depth += 1;
    if (/[)}]/.test(signature[at] ?? '')) depth -= 1;
    at += 1;
  } while (depth > 0 && at < signature.length);
  return at;
}
