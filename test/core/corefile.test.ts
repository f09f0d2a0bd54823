import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHostName, zonesOf } from '../../src/core/corefile.ts';

describe('zones of a Corefile', () => {
  it.each<[string, string, string[]]>([
    [
      'several zones before one brace',
      'example.net, example.org:53 other.example {\n  file db\n}',
      ['example.net', 'example.org', 'other.example'],
    ],
    ['zones that go on after a comma', 'example.net,\nexample.org {\n  file db\n}', ['example.net', 'example.org']],
    ['scheme, port, capitals and a dot at the end', 'tls://Example.NET.:853 {\n  file db\n}', ['example.net']],
    ['a zone named twice', 'example.net {\n}\nexample.net:1053 {\n}', ['example.net']],
    [
      'comments and blocks within blocks',
      '# old.example {\nexample.net { # for all\n  rqlite {\n    dsn http://localhost:5001\n  }\n  errors\n}\nexample.org {\n}',
      ['example.net', 'example.org'],
    ],
    ['the root, reverse zones and placeholders', '. {\n}\n10.0.0.0/24 {\n}\n1.0.10.in-addr.arpa 8.b.d.ip6.arpa {\n}\n{$DOMAIN} {\n}', []],
    ['snippets and imports', '(logged) {\n  log\n}\nimport zones/*.conf\nexample.net {\n  import logged\n}', ['example.net']],
    ['a zone whose answers come from elsewhere', 'corp.example {\n  forward . 192.0.2.53\n}\nexample.net {\n  file db\n}', ['example.net']],
    ['text that is no Corefile', 'hello', []],
    ['nothing', '', []],
  ])('%s', (_what, text, zones) => expect(zonesOf(text)).toEqual(zones));

  it('are host names and nothing else, whatever the file holds', () => {
    const word = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('{', '}', ',', '#', 'example.net', '-rf', '$(reboot)', '*.example.net', '../etc', '\n', ' '),
    );
    fc.assert(
      fc.property(fc.array(word), (words) =>
        zonesOf(words.join('')).every((zone) => /^[a-z0-9_][a-z0-9_.-]*$/.test(zone) && isHostName(zone)),
      ),
    );
  });

  it.each(['', '.', '-a.example', 'a..b', 'a b', `${'a'.repeat(64)}.example`, 'exämple.net', '192.0.2.1', 'a/b', 'a.example\n'])(
    '%j is no host name',
    (text) => expect(isHostName(text)).toBe(false),
  );
});
