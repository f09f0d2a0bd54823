import { describe, expect, it } from 'vitest';
import { difference, HEALTHY, parseExpected } from '../../lab/check/expected.ts';

const FINDING = 'critical services/failed ns2 shop-api';
const MUTED = 'warning services/not-active ns1 coredns muted';
const EXPECTED = parseExpected(`${FINDING}\n${MUTED}\nwarning wireguard/handshake-stale ns1 ns3 muted later\nexit 1\n`);

describe('what a fault must raise', () => {
  it('is met by exactly its findings and its exit code', () => {
    expect(difference(EXPECTED, { findings: [FINDING, MUTED], exit: 1 })).toBe('');
  });

  it('may also be met with what comes only later', () => {
    expect(difference(EXPECTED, { findings: [FINDING, MUTED, 'warning wireguard/handshake-stale ns1 ns3 muted'], exit: 1 })).toBe('');
  });

  it.each([
    ['a finding is lacking', [FINDING], 1, `lacks "${MUTED}"`],
    ['one more is there', [FINDING, MUTED, 'info processes/zombies ns1 zombies'], 1, 'has "info processes/zombies ns1 zombies"'],
    [
      'it fires where it should be muted',
      [FINDING, MUTED.replace(' muted', '')],
      1,
      `lacks "${MUTED}", has "${MUTED.replace(' muted', '')}"`,
    ],
    ['the exit code is another', [FINDING, MUTED], 4, 'exit 4 in place of 1'],
  ])('is not met when %s, and says so', (_name, findings, exit, words) => {
    expect(difference(EXPECTED, { findings, exit })).toBe(words);
  });

  it.each([
    ['criticl services/failed ns2 shop-api\nexit 1', '"criticl services/failed ns2 shop-api" is no finding'],
    ['critical services/failed ns2\nexit 1', '"critical services/failed ns2" is no finding'],
    [FINDING, 'no line says "exit N"'],
  ])('refuses %j', (text, words) => {
    expect(() => parseExpected(text)).toThrow(words);
  });

  it('is nothing at all in a healthy lab', () => {
    expect(difference(HEALTHY, { findings: ['info processes/zombies ns1 zombies'], exit: 0 })).toBe(
      'has "info processes/zombies ns1 zombies"',
    );
  });
});
