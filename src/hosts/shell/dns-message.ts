/** The types of records that are asked for (RFC 1035, 3.2.2; RFC 3596). */
export const TYPES = { A: 1, NS: 2, SOA: 6, AAAA: 28 } as const;
export type RecordType = keyof typeof TYPES;

const HEADER_BYTES = 12;
const MOST_POINTERS = 64;

/** A question for one name; null where the name is none. */
export function questionBytes(id: number, name: string, type: RecordType): Buffer | null {
  const labels = name
    .replace(/\.$/, '')
    .split('.')
    .map((label) => Buffer.from(label));
  if (labels.some(({ length }) => length < 1 || length > 63) || Buffer.byteLength(name) > 253) return null;
  const header = Buffer.from([id >> 8, id & 0xff, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  const question = labels.flatMap((label) => [Buffer.from([label.length]), label]);
  return Buffer.concat([header, ...question, Buffer.from([0, 0, TYPES[type], 0, 1])]);
}

/** What a name server answered. */
export interface DnsAnswer {
  code: number;
  cut: boolean;
  /** The records of the type that was asked for, each as one text. */
  records: string[];
}

/** Reads an answer; throws where it is none, or ends too early. */
export function answerIn(message: Buffer, type: RecordType): DnsAnswer {
  const flags = message.readUInt16BE(2);
  if ((flags & 0x8000) === 0) throw new Error('this is no answer');
  const [questions, answers] = [message.readUInt16BE(4), message.readUInt16BE(6)];
  let at = HEADER_BYTES;
  for (let left = questions; left > 0; left -= 1) at = nameAt(message, at).end + 4;
  const records: string[] = [];
  for (let left = answers; left > 0; left -= 1) {
    const { end } = nameAt(message, at);
    const [kind, length] = [message.readUInt16BE(end), message.readUInt16BE(end + 8)];
    at = end + 10 + length;
    if (at > message.length) throw new Error('a record ends too late');
    if (kind === TYPES[type]) records.push(textOf(message, end + 10, length, type));
  }
  return { code: flags & 0xf, cut: (flags & 0x200) !== 0, records: records.sort() };
}

function textOf(message: Buffer, at: number, length: number, type: RecordType): string {
  if (type === 'NS') return nameAt(message, at).name;
  if (type === 'SOA') {
    const server = nameAt(message, at);
    const admin = nameAt(message, server.end);
    return `${server.name} ${admin.name} ${message.readUInt32BE(admin.end)}`;
  }
  const bytes = message.subarray(at, at + length);
  if (bytes.length !== (type === 'A' ? 4 : 16)) throw new Error('an address of another length');
  return type === 'A' ? bytes.join('.') : ipv6Text(bytes);
}

/** A name with its pointers followed, and where it ends in the place that it was read at. */
function nameAt(message: Buffer, start: number): { name: string; end: number } {
  const labels: string[] = [];
  let end: number | null = null;
  let at = start;
  for (let pointers = 0; ; ) {
    const length = message.readUInt8(at);
    if (length >= 0xc0) {
      pointers += 1;
      if (pointers > MOST_POINTERS) throw new Error('a name that points to itself');
      end ??= at + 2;
      at = message.readUInt16BE(at) & 0x3fff;
    } else if (length === 0) {
      return { name: labels.join('.'), end: end ?? at + 1 };
    } else {
      if (length > 63 || at + 1 + length > message.length) throw new Error('a name that ends too late');
      labels.push(message.toString('utf8', at + 1, at + 1 + length));
      at += 1 + length;
    }
  }
}

/** As RFC 5952 writes it: the longest run of zeros is left out. */
function ipv6Text(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(at * 2).toString(16)).join(':');
  const runs = [...groups.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)]
    .map(([run]) => run)
    .sort((a, b) => b.replace(/^:/, '').length - a.replace(/^:/, '').length);
  const [longest] = runs;
  if (longest === undefined) return groups;
  const at = groups.indexOf(longest);
  return `${groups.slice(0, at)}::${groups.slice(at + longest.length).replace(/^:/, '')}`;
}
