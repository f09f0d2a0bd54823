import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { parsePlainYaml, PlainYamlError } from '../../src/agent/plain-yaml.ts';

const NODE_FILE = `# what this node is
profile: orama
expect: [wireguard, "dns"]   # both
units:
- shop-api.service
- shop#1.service
dns:
  domains: [example.net, 'example.org']
  https: 127.0.0.1:443
network: {reach: "10.0.0.1:22"}
checks:
  - kind: http
    to: http://127.0.0.1:8080/health
    expect:
      status: 200
  - kind: tcp
    to: 127.0.0.1:5432
empty:
`;

describe('parsePlainYaml', () => {
  it('reads a node file as YAML does', () => {
    expect(parsePlainYaml(NODE_FILE)).toEqual(parse(NODE_FILE));
  });

  it('reads windows line ends and a byte order mark', () => {
    expect(parsePlainYaml(`\ufeff${NODE_FILE.replaceAll('\n', '\r\n')}`)).toEqual(parse(NODE_FILE));
  });

  it.each([
    ['a: &x 1', 1],
    ['a: 1\na: 2', 2],
    ['a:\n\tb: 1', 2],
    ['a: |\n  text', 1],
    ['a: [1, 2', 1],
    ['a: 1\n  b: 2', 2],
    ['a: b: c', 1],
    ['just text', 1],
    ['a: "open', 1],
    ['a: !!js 1', 1],
    ['- 1\nb: 2', 2],
  ])('refuses %j and names the line', (text, line) => {
    expect(() => parsePlainYaml(text)).toThrow(PlainYamlError);
    try {
      parsePlainYaml(text);
    } catch (error) {
      expect((error as PlainYamlError).line).toBe(line);
    }
  });

  it('agrees with the YAML library on every text that it takes', () => {
    const word = fc.stringMatching(/^[a-z0-9 :#'"[\]{},.&*!|>~-]{0,8}$/);
    const line = fc
      .tuple(fc.nat(3), fc.constantFrom('', '- ', 'a: ', 'b: ', 'c:'), word)
      .map(([depth, lead, rest]) => '  '.repeat(depth) + lead + rest);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
        const text = lines.join('\n');
        const ours = attempt(() => parsePlainYaml(text));
        if (ours === undefined) return;
        expect(ours).toEqual(parse(text));
      }),
      { numRuns: 3000 },
    );
  });

  it('reads back what the YAML library writes of plain values', () => {
    const name = fc.stringMatching(/^[a-z][a-z_]{0,6}$/);
    const leaf = fc.oneof(fc.stringMatching(/^[a-z][a-z0-9./-]{0,9}$/), fc.integer({ min: -9999, max: 9999 }), fc.boolean());
    const value = fc.dictionary(
      name,
      fc.oneof(leaf, fc.array(leaf, { minLength: 1, maxLength: 3 }), fc.dictionary(name, leaf, { minKeys: 1, maxKeys: 3 })),
      { minKeys: 1 },
    );
    fc.assert(
      fc.property(value, (given) => {
        expect(parsePlainYaml(stringify(given))).toEqual(parse(stringify(given)));
      }),
    );
  });
});

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof PlainYamlError) return undefined;
    throw error;
  }
}
