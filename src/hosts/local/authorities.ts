/** A certificate as text and as bytes. */
interface Listed {
  pem: string;
  der: Buffer;
}

/**
 * Those authorities of a list of PEM certificates that can have a part in the trust in the shown certificates (DER): all that bear the name
 * of an issuer, and their own issuers. OpenSSL finds an authority by its name, so to it they are worth the whole list, at a fraction of the cost.
 */
export function authoritiesFor(list: string, shown: readonly Buffer[]): string[] {
  const all = [...list.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g)].map(([pem, base64 = '']) => ({
    pem,
    der: Buffer.from(base64, 'base64'),
  }));
  const exact = called(shown, (issuer, from) => all.filter(({ der }) => der.includes(from.subarray(issuer.start, issuer.end))));
  if (exact.length > 0) return exact;
  // Nearly always there is none. But a name may be written in another way and mean the same.
  const named = all.map((each) => ({ ...each, name: subjectText(each.der) }));
  return called(shown, (issuer, from) => named.filter(({ name }) => name === nameText(from, issuer)));
}

/** Follows the issuers' names from certificate to certificate. */
function called(shown: readonly Buffer[], bearing: (issuer: Value, from: Buffer) => readonly Listed[]): string[] {
  const found = new Set<string>();
  const open = [...shown];
  for (let der = open.pop(); der !== undefined; der = open.pop()) {
    const names = namesOn(der);
    for (const { pem, der: next } of names === null ? [] : bearing(names.issuer, der)) {
      if (found.has(pem)) continue;
      found.add(pem);
      open.push(next);
    }
  }
  return [...found];
}

function subjectText(der: Buffer): string | null {
  const names = namesOn(der);
  return names === null ? null : nameText(der, names.subject);
}

/** One value of ASN.1 in DER (X.690): what kind it is, and where its content is. */
interface Value {
  tag: number;
  start: number;
  end: number;
}

const VERSION = 0xa0;

/** Issuer and subject of a certificate (RFC 5280, 4.1); null if it is none. */
function namesOn(der: Buffer): { issuer: Value; subject: Value } | null {
  const [certificate] = valuesIn(der, 0, der.length);
  const [content] = certificate === undefined ? [] : valuesIn(der, certificate.start, certificate.end);
  const fields = content === undefined ? [] : valuesIn(der, content.start, content.end);
  const [, , issuer, , subject] = fields[0]?.tag === VERSION ? fields.slice(1) : fields;
  return issuer === undefined || subject === undefined ? null : { issuer, subject };
}

/** The values that stand one after another here; those up to a broken one. */
function valuesIn(der: Buffer, from: number, to: number): Value[] {
  const values: Value[] = [];
  for (let at = from; at + 2 <= to; ) {
    const [length, header] = lengthAt(der, at + 1);
    const end = at + header + length;
    if (!(end <= to)) break;
    values.push({ tag: der[at] ?? 0, start: at + header, end });
    at = end;
  }
  return values;
}

/** The length that begins here, and how many bytes stand before the content. */
function lengthAt(der: Buffer, at: number): [length: number, header: number] {
  const first = der[at] ?? 0;
  if (first < 0x80) return [first, 2];
  const bytes = first & 0x7f;
  if (bytes < 1 || bytes > 4 || at + 1 + bytes > der.length) return [Number.NaN, 0];
  return [der.readUIntBE(at + 1, bytes), 2 + bytes];
}

const BMP_STRING = 30;

/** A name as OpenSSL compares it: kinds of strings, capitals and the number of blanks make no difference. */
function nameText(der: Buffer, { start, end }: Value): string {
  const attributes = valuesIn(der, start, end).flatMap((set) => valuesIn(der, set.start, set.end));
  return attributes
    .map((attribute) => {
      const [type, value] = valuesIn(der, attribute.start, attribute.end);
      return type === undefined || value === undefined
        ? ''
        : `${der.toString('hex', type.start, type.end)}=${JSON.stringify(valueText(der, value))}`;
    })
    .join(',');
}

function valueText(der: Buffer, { tag, start, end }: Value): string {
  const text =
    tag === BMP_STRING
      ? Buffer.from(der.subarray(start, end - ((end - start) % 2)))
          .swap16()
          .toString('utf16le')
      : der.toString('utf8', start, end);
  return text.trim().replace(/\s+/g, ' ').toLowerCase();
}
