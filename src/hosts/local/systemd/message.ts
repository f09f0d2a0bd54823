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

const LITTLE_ENDIAN = 0x6c;
const VERSION = 1;
const CALL = 1;
const RETURN = 2;
const ERROR = 3;
const HEADER_BYTES = 16;
/** The specification's own limit is 128 MiB; no answer that we ask for comes near this. */
const MOST_BYTES = 8 * 1024 * 1024;

/** The bytes of a call (D-Bus specification, "Message Format", little-endian). */
export function callBytes({ destination, path, interface: owner, member, args }: Call, serial: number): Buffer {
  const message = new Writer();
  message.bytes(LITTLE_ENDIAN, CALL, 0, VERSION);
  const bodyLength = message.later();
  message.uint32(serial);
  const fieldsLength = message.later();
  const fields = message.length;
  message.field(1, 'o', path);
  message.field(2, 's', owner);
  message.field(3, 's', member);
  if (destination !== null) message.field(6, 's', destination);
  if (args.length > 0) message.signatureField(8, args.map((arg) => (typeof arg === 'string' ? 's' : 'as')).join(''));
  message.put(fieldsLength, message.length - fields);
  message.align(8);
  const body = message.length;
  for (const arg of args) message.argument(arg);
  message.put(bodyLength, message.length - body);
  return message.whole();
}

/** Writes one message into one piece of memory: a report makes hundreds of them. */
class Writer {
  #memory = Buffer.allocUnsafe(512);
  length = 0;

  bytes(...values: number[]): void {
    this.#room(values.length);
    for (const value of values) this.length = this.#memory.writeUInt8(value, this.length);
  }

  uint32(value: number): void {
    this.align(4);
    this.#room(4);
    this.length = this.#memory.writeUInt32LE(value, this.length);
  }

  /** Leaves room for a number that is not known yet, and gives its place. */
  later(): number {
    this.uint32(0);
    return this.length - 4;
  }

  put(place: number, value: number): void {
    this.#memory.writeUInt32LE(value, place);
  }

  text(value: string): void {
    const length = Buffer.byteLength(value);
    this.uint32(length);
    this.#ended(value, length);
  }

  argument(value: string | readonly string[]): void {
    if (typeof value === 'string') {
      this.text(value);
      return;
    }
    const length = this.later();
    const start = this.length;
    for (const item of value) this.text(item);
    this.put(length, this.length - start);
  }

  field(code: number, type: 'o' | 's', value: string): void {
    this.align(8);
    this.bytes(code, 1, type.charCodeAt(0), 0);
    this.text(value);
  }

  signatureField(code: number, signature: string): void {
    this.align(8);
    this.bytes(code, 1, 'g'.charCodeAt(0), 0, signature.length);
    this.#ended(signature, signature.length);
  }

  align(to: number): void {
    while (this.length % to !== 0) this.bytes(0);
  }

  whole(): Buffer {
    return this.#memory.subarray(0, this.length);
  }

  #ended(text: string, length: number): void {
    this.#room(length + 1);
    this.length += this.#memory.write(text, this.length);
    this.length = this.#memory.writeUInt8(0, this.length);
  }

  #room(bytes: number): void {
    if (this.length + bytes <= this.#memory.length) return;
    this.#memory = Buffer.concat([this.#memory, Buffer.allocUnsafe(this.#memory.length + bytes)]);
  }
}

/** How long the message at the start of the bytes is; null while its header is not whole. Throws on what is no message. */
export function messageLength(bytes: Buffer): number | null {
  if (bytes.length < HEADER_BYTES) return null;
  if (bytes[0] !== LITTLE_ENDIAN) throw new Error('the bus answers in an order of bytes that is not read here');
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
  const { serial, error, signature } = reader.header();
  const values = reader.values(signature);
  return { serial, error: type === ERROR ? `${error}: ${String(values[0] ?? '')}` : null, values };
}

const ALIGNMENT: Readonly<Record<string, number>> = { n: 2, q: 2, b: 4, i: 4, u: 4, s: 4, o: 4, a: 4, x: 8, t: 8, d: 8, '(': 8, '{': 8 };

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** The fields of the header that a reply needs: an array of (code, variant). Afterwards the body is next. */
  header(): { serial: number; error: string; signature: string } {
    const found = { serial: 0, error: 'an error without a name', signature: '' };
    this.#at = 12;
    const end = this.#uint32() + HEADER_BYTES;
    while (this.#at < end) {
      this.#align(8);
      const code = this.#uint8();
      const value = this.value('v');
      if (code === 4) found.error = String(value);
      if (code === 5) found.serial = Number(value);
      if (code === 8) found.signature = String(value);
    }
    this.#align(8);
    return found;
  }

  values(signature: string): BusValue[] {
    return types(signature).map((type) => this.value(type));
  }

  value(type: string): BusValue {
    const kind = type[0] ?? '';
    this.#align(ALIGNMENT[kind] ?? 1);
    switch (kind) {
      case 's':
      case 'o':
        return this.#text(this.#uint32());
      case 'g':
        return this.#text(this.#uint8());
      case 'v':
        return this.value(this.#text(this.#uint8()));
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
    this.#align(ALIGNMENT[type[0] ?? ''] ?? 1);
    const end = this.#at + length;
    const items: BusValue[] = [];
    while (this.#at < end) items.push(this.value(type));
    return items;
  }

  #number(kind: string): BusValue {
    switch (kind) {
      case 'y':
        return this.#uint8();
      case 'b':
        return this.#uint32() !== 0;
      case 'u':
        return this.#uint32();
      case 'i':
        return this.#bytes.readInt32LE(this.#past(4));
      case 'n':
        return this.#bytes.readInt16LE(this.#past(2));
      case 'q':
        return this.#bytes.readUInt16LE(this.#past(2));
      case 'x':
        return this.#bytes.readBigInt64LE(this.#past(8));
      case 't':
        return this.#bytes.readBigUInt64LE(this.#past(8));
      case 'd':
        return this.#bytes.readDoubleLE(this.#past(8));
      default:
        throw new Error(`the bus sent a value of type ${kind}, which is not read here`);
    }
  }

  #text(length: number): string {
    const start = this.#past(length + 1);
    return this.#bytes.toString('utf8', start, start + length);
  }

  #uint8(): number {
    return this.#bytes.readUInt8(this.#past(1));
  }

  #uint32(): number {
    return this.#bytes.readUInt32LE(this.#past(4));
  }

  #align(to: number): void {
    this.#at += (to - (this.#at % to)) % to;
  }

  /** Where the next so many bytes begin; from now on they are read. */
  #past(count: number): number {
    const start = this.#at;
    if (start + count > this.#bytes.length) throw new Error('a message of the bus ends too early');
    this.#at = start + count;
    return start;
  }
}

const seen = new Map<string, readonly string[]>();

/** The single complete types of a signature: `sa{sv}(ii)` gives three. Messages repeat theirs, so each is taken apart once. */
function types(signature: string): readonly string[] {
  const known = seen.get(signature);
  if (known !== undefined) return known;
  const found: string[] = [];
  for (let at = 0; at < signature.length; ) {
    const end = typeEnd(signature, at);
    found.push(signature.slice(at, end));
    at = end;
  }
  if (seen.size < MOST_SEEN) seen.set(signature, found);
  return found;
}

const MOST_SEEN = 100;

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
