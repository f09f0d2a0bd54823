import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exposures } from '../../../src/subsystems/network/ufw-exposures.ts';
import { ufwRules } from '../../../src/subsystems/network/ufw-rules.ts';

/** The rules of a file that holds these notes, as UFW 0.36 writes them. */
function rules(...notes: readonly string[]): string[] {
  return ufwRules(
    `*filter\n### RULES ###\n\n${notes.map((note) => `### tuple ### ${note}\n-A ufw-user-input -j ACCEPT\n`).join('\n')}\n### END RULES ###\nCOMMIT\n`,
  );
}

describe('rules of UFW', () => {
  it.each([
    ['allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in', '22/tcp ALLOW IN Anywhere'],
    ['allow any 53 0.0.0.0/0 any 0.0.0.0/0 in', '53 ALLOW IN Anywhere'],
    ['allow any any 0.0.0.0/0 any 0.0.0.0/0 in_wg0', 'Anywhere on wg0 ALLOW IN Anywhere'],
    ['allow any any ::/0 any ::/0 in_wg0', 'Anywhere (v6) on wg0 ALLOW IN Anywhere (v6)'],
    ['allow tcp 5001 0.0.0.0/0 any 10.0.0.0/24 in', '5001/tcp ALLOW IN 10.0.0.0/24'],
    ['deny tcp 25 ::/0 any ::/0 out', '25/tcp (v6) DENY OUT Anywhere (v6)'],
    ['limit_log tcp 22 0.0.0.0/0 any 0.0.0.0/0 in comment=68656c6c6f', '22/tcp LIMIT IN Anywhere'],
    ['route:allow any any 0.0.0.0/0 any 0.0.0.0/0 in_wg0!out_host0', 'Anywhere on wg0 ALLOW FWD Anywhere on host0'],
    ['allow udp 6000:6007 0.0.0.0/0 any 0.0.0.0/0 in', '6000:6007/udp ALLOW IN Anywhere'],
    ['allow tcp 80,443 10.0.0.1 1024 203.0.113.0/24 in', '10.0.0.1 80,443/tcp ALLOW IN 203.0.113.0/24 1024/tcp'],
    ['allow any 6001 ::/0 any 2001:db8::/32 in', '6001 (v6) ALLOW IN 2001:db8::/32'],
    ['allow any any 192.0.2.0/24 any 0.0.0.0/0 out_host0', '192.0.2.0/24 ALLOW OUT Anywhere on host0'],
    ['allow tcp 80,443 0.0.0.0/0 any 0.0.0.0/0 Nginx%20Full - in', '80,443/tcp ALLOW IN Anywhere'],
    ['allow tcp any 0.0.0.0/0 any 203.0.113.7 in', 'Anywhere/tcp ALLOW IN 203.0.113.7'],
    ['reject any 23 0.0.0.0/0 any 0.0.0.0/0 in', '23 REJECT IN Anywhere'],
  ])('%s reads %s', (note, worded) => {
    expect(rules(note)).toEqual([worded]);
  });

  it('are none where UFW has none, and unknown where the file is none of its own', () => {
    expect(rules()).toEqual([]);
    expect(() => ufwRules('')).toThrow(expect.objectContaining({ kind: 'unparsed' }));
    expect(() => rules('allow tcp 22')).toThrow(expect.objectContaining({ kind: 'unparsed' }));
  });
});

describe('what opens an internal port beyond the mesh', () => {
  const ports = (rule: string) => exposures([rule], 'orama').flatMap((each) => each.ports);

  it.each([
    ['5001/tcp ALLOW IN Anywhere', [5001]],
    ['5001/tcp (v6) ALLOW IN Anywhere (v6)', [5001]],
    ['5001 ALLOW IN 203.0.113.9', [5001]],
    ['5001/tcp on eth0 ALLOW IN Anywhere', [5001]],
    ['3000:4000 LIMIT IN Anywhere', [3320, 3322]],
    ['80,6001/tcp ALLOW IN Anywhere', [6001]],
    ['203.0.113.11 5001/tcp ALLOW IN Anywhere', [5001]],
    ['5001/tcp ALLOW IN 10.0.0.0/8', [5001]],
    ['Anywhere/tcp ALLOW IN Anywhere', [5001, 7001, 3320, 3322, 6001, 4501, 9094]],
    ['[ 3] 5001/tcp                   ALLOW IN    Anywhere                   # raft', [5001]],
    ['5001/tcp                   ALLOW       Anywhere', [5001]],
  ])('is seen in %s', (rule, open) => {
    expect(ports(rule)).toEqual(open);
  });

  it.each([
    '5001/tcp ALLOW IN 10.0.0.0/24',
    '5001/tcp ALLOW IN 10.0.0.7',
    '5001/tcp on wg0 ALLOW IN Anywhere',
    '10.0.0.1 5001/tcp ALLOW IN Anywhere',
    'Anywhere on wg0 ALLOW IN Anywhere',
    'Anywhere ALLOW IN 203.0.113.7',
    '5001/tcp DENY IN Anywhere',
    '5001/tcp ALLOW OUT Anywhere',
    '5001/tcp ALLOW FWD Anywhere',
    '50010/tcp ALLOW IN Anywhere',
    '[15001] 22/tcp ALLOW IN Anywhere',
  ])('is not seen in %s', (rule) => {
    expect(ports(rule)).toEqual([]);
  });

  it('is named without the number that it has in a list, for that moves', () => {
    expect(exposures(['[ 3] 5001/tcp                   ALLOW IN    Anywhere                   # raft'], 'orama')).toEqual([
      { rule: '5001/tcp ALLOW IN Anywhere', ports: [5001] },
    ]);
  });

  it('is nothing in a profile without a mesh', () => {
    expect(exposures(['Anywhere ALLOW IN Anywhere'], 'default')).toEqual([]);
  });

  it('is exactly the internal ports of the range, whatever the range', () => {
    fc.assert(
      fc.property(fc.nat(65_535), fc.nat(65_535), (a, b) => {
        const [first, last] = [Math.min(a, b), Math.max(a, b)];
        expect(ports(`${first}:${last}/tcp ALLOW IN Anywhere`)).toEqual(
          [5001, 7001, 3320, 3322, 6001, 4501, 9094].filter((port) => port >= first && port <= last),
        );
      }),
    );
  });

  it('never throws, whatever a rule is worded like', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom(' ', 'ALLOW', 'IN', '5001/tcp', ' on ', '(v6)', '[ 1]', '#')), { maxLength: 12 }),
        (words) => ports(words.join('')).length >= 0,
      ),
    );
  });
});
