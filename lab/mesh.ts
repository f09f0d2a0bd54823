import { askedInside } from './inside.ts';
import type { LabHost } from './state.ts';

/** A peer as a host lists it; without an age it never shook hands. */
export interface Handshake {
  public_key: string;
  age_s: number | null;
}

/** The peers that a host lists, in no order; none while its interface is gone. */
export function handshakes(host: LabHost): Handshake[] {
  const { stdout } = askedInside(host, ['wg', 'show', 'wg0', 'latest-handshakes']);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [public_key = '', at_s = '0'] = line.split('\t');
      return { public_key, age_s: at_s === '0' ? null : Math.floor(Date.now() / 1000) - Number(at_s) };
    });
}
