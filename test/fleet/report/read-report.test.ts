import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FAULT } from '../../../src/core/ask.ts';
import { clockOffset } from '../../../src/subsystems/system/clock-skew.ts';
import { boundedJson } from '../../../src/fleet/report/bounded-json.ts';
import { evaluated, findings, node, plainReport, read, taken } from './fleet.ts';

const refused = (value: unknown) => {
  const result = read(value);
  return result.kind === 'refused' ? `${result.cause}: ${result.message}` : 'taken';
};
const unknownAt = (value: unknown, path: string) => taken(value).unknown.find((entry) => entry.path === path);
const processes = { total: 1, zombie_count: 0, zombies: [], orphan_count: 0, orphans: [], panic_count: 0, panics: [] };

describe('a report from a node', () => {
  it.each([
    ['', 'nothing at all'],
    [' \n\t ', 'nothing at all'],
    ['<html><body>502 Bad Gateway</body></html>', '<html><body>502 Bad Gateway</body></html>'],
    ['[1,2]', '[1,2]'],
    ['null', 'null'],
    ['"text"', '"text"'],
    ['{}', '{}'],
    ['{"a":', '{"a":'],
    ['\u001b[2J\u001b]0;owned\u0007', String.raw`\x1b[2J\x1b]0;owned\x07`],
    ['x'.repeat(500), `${'x'.repeat(79)}…`],
  ])('bad input 40: %j is no report, and its first 80 characters are shown without harm', (text, shown) => {
    expect(refused(text)).toBe(`not-a-report: what it sent is no report: ${shown}`);
  });

  it('bad input 41: depth, number of values and length of a text have limits, which are named', () => {
    const said = (text: string) => refused(text).replace('not-a-report: what it sent is no report: ', '');
    expect(said(`${'['.repeat(10_000)}`)).toBe('it is nested deeper than 32');
    expect(said(`{"a":${'{"b":'.repeat(40)}`)).toBe('it is nested deeper than 32');
    expect(said(`[${'0,'.repeat(4_000_000)}0]`)).toBe('it has more than 200,000 values');
    expect(said(`{${Array.from({ length: 1_000_000 }, (_, at) => `"${at}":0`).join(',')}}`)).toBe('it has more than 200,000 values');
    expect(said(`{"a":"${'é'.repeat(40_000)}"}`)).toBe('it has a text longer than 64 KiB');
    expect(boundedJson(JSON.stringify({ a: 'é'.repeat(30_000), b: [[], {}, true, null, -1.5e3] })).kind).toBe('value');
  });

  it('bad input 42: keys that reach into the language, keys that are there twice and half a character are refused; numbers are exact or unknown', () => {
    for (const key of ['__proto__', 'constructor', 'prototype', String.raw`__pro\u0074o__`])
      expect(refused(`{"a":{"${key}":1}}`)).toMatch(/it has the key (__proto__|constructor|prototype)$/);
    expect(refused('{"a":1,"b":{"a":1,"c":2},"a":2}')).toMatch(/it has the key "a" twice$/);
    expect(refused(String.raw`{"a":1,"\u0061":2}`)).toMatch(/it has the key "a" twice$/);
    expect(refused(String.raw`{"a":"\ud800"}`)).toMatch(/it has half a surrogate pair$/);
    const odd = JSON.stringify(plainReport({ processes: { ...processes, total: 0 } }))
      .replace('"total":0', '"total":9007199254740993')
      .replace('"zombie_count":0', '"zombie_count":1e400')
      .replace('"panic_count":0', '"panic_count":-0');
    const report = taken(odd);
    expect(report['processes']).toMatchObject({ total: null, zombie_count: null, panic_count: 0 });
    expect(report.unknown.filter(({ path }) => path.startsWith('processes.'))).toEqual([
      { path: 'processes.total', kind: 'unparsed', reason: 'the node sent a number above 2^53, which is not exact' },
      { path: 'processes.zombie_count', kind: 'unparsed', reason: 'the node sent a number beyond all' },
    ]);
  });

  it('bad input 43: a section that is missing is unknown, and so is a field, and none of them is ever well or 0', () => {
    const { processes: section, states, unknown } = taken(plainReport({ processes: { total: 4 } }));
    expect([states['system'], states['processes']]).toEqual(['unknown', 'ok']);
    expect(section).toMatchObject({ total: 4, zombie_count: null });
    expect(unknown).toContainEqual({ path: 'system', kind: 'absent', reason: 'its ward does not report it' });
    expect(unknown).toContainEqual({ path: 'processes.zombie_count', kind: 'absent', reason: 'its ward does not report it' });
    expect(findings([node('a', { report: taken(plainReport()) })])).toEqual([]);
  });

  it('bad input 44: a section, a field and a word that nobody knows here are kept', () => {
    const network = { listening_ports: [{ port: 1, proto: 'sctp', process: null, addresses: [] }] };
    const report = taken(plainReport({ weather: { rain_mm: 4, days: [1, 2] }, processes: { ...processes, novel: 'x' }, network }));
    expect(report).toMatchObject({
      weather: { rain_mm: 4, days: [1, 2] },
      processes: { novel: 'x', total: 1 },
      network,
      states: { weather: 'ok' },
    });
  });

  it('bad input 45: a percentage above 100, a negative size, a text for a number are unknown with what was sent, and only they', () => {
    const report = plainReport({
      system: {
        mem_use_pct: 104,
        mem_total_mb: -1,
        cpu_count: 'many',
        load_avg_1: 0.5,
        psi: { cpu: null, memory: null, io: null },
        uptime_seconds: 1e15,
      },
    });
    expect(taken(report)['system']).toMatchObject({
      mem_use_pct: null,
      mem_total_mb: null,
      cpu_count: null,
      load_avg_1: 0.5,
      uptime_seconds: null,
    });
    expect(unknownAt(report, 'system.mem_use_pct')).toEqual({
      path: 'system.mem_use_pct',
      kind: 'unparsed',
      reason: 'the node sent 104, which is no percentage',
    });
    expect(unknownAt(report, 'system.cpu_count')?.reason).toBe('the node sent a string where a number belongs');
    expect(findings([node('a', { report: taken(report) })])).toEqual(['warning report/implausible a system']);
  });

  it('bad input 45: a section of the wrong kind costs itself, never the report', () => {
    const report = plainReport({ system: [1], processes });
    expect(taken(report)).toMatchObject({ system: null, processes: { total: 1 }, states: { system: 'unknown', processes: 'ok' } });
    expect(unknownAt(report, 'system')?.reason).toBe('the node sent a list where a map belongs');
  });

  it('bad input 46: compressed data is never unpacked', () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000));
    expect(refused(bomb.toString('latin1'))).toMatch(/^not-a-report: what it sent is no report: /);
  });

  it('bad input 47: a time of another age, a wrong zone and a leap second are kept as text, and our own time is what counts', () => {
    for (const timestamp of ['1970-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2026-12-31T23:59:60Z', 'yesterday']) {
      const report = taken(plainReport({ timestamp }));
      expect(report.timestamp).toBe(timestamp);
      expect(findings([node('a', { report, at_ms: 0 })]).filter((line) => !line.includes('clock-skew'))).toEqual([]);
    }
    expect(clockOffset(node('a', { report: taken(plainReport({ timestamp: '2026-12-31T23:59:60Z' })) }))).toBeNull();
    expect(unknownAt(plainReport({ timestamp: 5 }), 'timestamp')?.kind).toBe('unparsed');
  });

  it('refuses a form that is newer than it knows, and says so', () => {
    expect(refused(plainReport({ schema_version: 2, version: '9.0.0' }))).toBe(
      'version: its report has form 2, made by ward 9.0.0; this ward reads forms up to 1',
    );
    expect(refused(plainReport({ schema_version: 'x' }))).toMatch(/^not-a-report: /);
  });

  it('takes from a node neither the name of another nor harm from any value', () => {
    const value = fc.oneof(
      fc.json({ maxDepth: 4 }).map((text) => JSON.parse(text) as unknown),
      fc.constantFrom(-1, 101, 1e308, '', null, [], {}, '\u001b[2J'),
    );
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(
            'system',
            'services',
            'wireguard',
            'dns',
            'network',
            'processes',
            'states',
            'unknown',
            'errors',
            'expected',
            'collect_ms',
            'hostname',
            'timestamp',
          ),
          value,
        ),
        (sections) => {
          const result = read(plainReport(sections));
          if (result.kind === 'refused') return;
          const { checks } = evaluated([node('a', { report: result.report }), node('b', { report: result.report })]);
          expect(checks.filter(({ reason }) => reason.startsWith(FAULT))).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });
});
