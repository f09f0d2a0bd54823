/** An IPv4 address as a number, or null if the text is none. */
export function ipv4(text: string): number | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined || parts.some((part) => part > 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

/** Whether `10.0.0.0/24` holds the address; false for anything that is not IPv4. */
export function covers(range: string, address: string): boolean {
  const [base = '', length = '32'] = range.split('/');
  const low = ipv4(base);
  const held = ipv4(address);
  if (low === null || held === null || !/^\d{1,2}$/.test(length)) return false;
  return sameNetwork(low, held, Number(length));
}

/** Whether two addresses share their first `bits` bits. */
export function sameNetwork(a: number, b: number, bits: number): boolean {
  const size = 2 ** (32 - bits);
  return Math.floor(a / size) === Math.floor(b / size);
}

/** The number as people write the address: the reverse of `ipv4`. */
export function ipv4Text(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
