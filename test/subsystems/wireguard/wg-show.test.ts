import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Unknown } from '../../../src/core/unknown.ts';
import { agoSeconds, shownInterface, shownInterfaces, transfers } from '../../../src/subsystems/wireguard/wg-show.ts';

const KEY = 'sO9Xq+RIvh1H3JnaHcctNO5Me+Eudmil3RUzVbFXvzs=';
const PRIVATE = 'iDP9ptUDJFHAi0xBQHVaBQdpOpDTv3rZMGqZ7kqkZ2E=';

/** As wireguard-tools prints a time span. */
function inWords(seconds: number): string {
  const units: [string, number][] = [
    ['year', 31_536_000],
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1],
  ];
  const parts: string[] = [];
  let left = seconds;
  for (const [unit, size] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? '' : 's'}`);
  }
  return parts.length === 0 ? 'Now' : `${parts.join(', ')} ago`;
}

/** What the parser gives, or the Unknown that it throws; anything else fails the test. */
function outcome<T>(parse: () => T): T | Unknown {
  try {
    return parse();
  } catch (error) {
    if (error instanceof Unknown) return error;
    throw error;
  }
}

describe('wg show', () => {
  it('reads every age back to the second', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 20 * 31_536_000 }), (seconds) => agoSeconds(inWords(seconds)) === seconds));
  });

  it.each([
    '',
    'ago',
    'yesterday',
    '1 fortnight ago',
    '-1 seconds ago',
    '(System clock wound backward; connection problems may ensue.)',
    '1e9 seconds ago',
  ])('does not take %j for an age', (text) => expect(outcome(() => agoSeconds(text))).toBeInstanceOf(Unknown));

  it('reads interfaces, peers without handshake, IPv6 endpoints and no allowed addresses, as wireguard-go 0.0.20220316 gives them', () => {
    const [wg1, wg0] = shownInterfaces(
      [
        'interface: wg1',
        `  public key: ${KEY}`,
        '  private key: (hidden)',
        '  listening port: 51821',
        '',
        'interface: wg0',
        '  public key: JlAvGHFHubjsOH4hJ+Ivop4aSSvBicrmXz3Lz4SiygI=',
        '',
        `peer: ${KEY}`,
        '  endpoint: [::1]:51829',
        '  allowed ips: (none)',
        '',
      ].join('\n'),
    );
    expect(wg1?.facts.get('listening port')).toBe('51821');
    expect(wg1?.peers).toEqual([]);
    expect(Object.fromEntries(wg0?.peers[0]?.facts ?? [])).toEqual({ endpoint: '[::1]:51829', 'allowed ips': '(none)' });
  });

  it('keeps no private or preshared key, even if wg were told to print them', () => {
    const text = `interface: wg0\n  public key: ${KEY}\n  private key: ${PRIVATE}\n\npeer: ${KEY}\n  preshared key: ${PRIVATE}\n`;
    const [shown] = shownInterfaces(text);
    const kept = [...(shown?.facts.values() ?? []), ...(shown?.peers.flatMap(({ facts }) => [...facts.values()]) ?? [])];
    expect(kept).toEqual([KEY]);
  });

  it('never quotes the text of a line that it cannot read, for it may be a key', () => {
    const answer = outcome(() => shownInterfaces(`private key: ${PRIVATE}\n`));
    expect(answer).toBeInstanceOf(Unknown);
    expect((answer as Unknown).reason).not.toContain(PRIVATE);
  });

  it('says denied where an ordinary user asks', () => {
    const ran = {
      exit: 1,
      stdout: '',
      stderr: 'Unable to access interface wg1: No such device\nUnable to access interface wg0: Operation not permitted\n',
    };
    expect(outcome(() => shownInterface(ran, 'wg0'))).toMatchObject({ kind: 'denied' });
    expect(outcome(() => shownInterface(ran, 'wg1'))).toMatchObject({ kind: 'failed' });
    expect(outcome(() => shownInterface({ exit: 0, stdout: '', stderr: '' }, 'wg0'))).toMatchObject({ kind: 'failed' });
  });

  it('turns any text into interfaces or an Unknown', () => {
    const line = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('interface: wg0', `peer: ${KEY}`, '  endpoint: x', '  latest handshake: Now'),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        outcome(() => shownInterfaces(lines.join('\n')));
        outcome(() => transfers(lines.join('\n')));
      }),
    );
  });
});
