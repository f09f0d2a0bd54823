/** Puts numbers (32 bits) and texts (with their length) one behind the other, as SSH does (RFC 4251, 5). */
export function packed(...parts: (number | string)[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      if (typeof part === 'number') return [fourBytes(part)];
      const text = Buffer.from(part, 'utf8');
      return [fourBytes(text.length), text];
    }),
  );
}

function fourBytes(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Cuts a stream into its packets, each with its length (32 bits) in front. Throws where one is longer than any may be. */
export function packets(take: (packet: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= 4) {
      const length = rest.readUInt32BE(0);
      if (length > LONGEST) throw new Error('a packet longer than any may be');
      if (rest.length < 4 + length) return;
      const packet = rest.subarray(4, 4 + length);
      rest = rest.subarray(4 + length);
      take(packet);
    }
  };
}

const LONGEST = 256 * 1024;
