import { describe, expect, it } from 'vitest';
import { FAULT, known, orNull, present } from '../../src/core/ask.ts';
import { collectAll, type Collector } from '../../src/core/collect.ts';
import type { Host, Kind } from '../../src/core/host.ts';
import { PROFILES } from '../../src/core/profile.ts';
import type { Sample } from '../../src/core/samples.ts';
import { always, when } from '../../src/core/section.ts';
import { absent, denied, notAsked, Unknown, unparsed } from '../../src/core/unknown.ts';
import { transcript } from '../../src/hosts/transcript.ts';

const CLOCK = 'clock\n= {"unix_ms":1000000,"uptime_s":100,"boot_id":"b1"}\n';

/** Counts what is put to a host. */
function counted(host: Host): { host: Host; asked: string[] } {
  const asked: string[] = [];
  const ask: Host['ask'] = (kind, question) => {
    asked.push(kind satisfies Kind);
    return host.ask(kind, question);
  };
  return { asked, host: { ask } };
}

async function collect(text: string, collector: Collector, earlier: Sample | null = null) {
  const { host, asked } = counted(transcript(`${CLOCK}${text}`).host);
  return { ...(await collectAll({ thing: collector }, host, PROFILES.default, earlier)), asked };
}

describe('a collector', () => {
  it('costs one field, not the section, where an answer did not come', async () => {
    const { sections, states, unknown, errors } = await collect('read /a\n|1\nread /b\n= denied permission denied\n', (ask) => {
      const a = ask.read('/a', Number);
      const b = ask.read('/b', Number);
      return always<{ a: number | null; b: number | null; sum: number | null }>({ a, b, sum: () => a() + b() });
    });
    expect(states).toEqual({ thing: 'ok' });
    expect(sections).toEqual({ thing: { a: 1, b: null, sum: null } });
    expect(unknown).toEqual([
      { path: 'thing.b', kind: 'denied', reason: 'read /b: permission denied' },
      { path: 'thing.sum', kind: 'denied', reason: 'read /b: permission denied' },
    ]);
    expect(errors).toEqual(['read /b: permission denied']);
  });

  it('is absent or unknown as a whole by what `here` says, and absence is no error', async () => {
    const section = (text: string) =>
      collect(text, (ask) => {
        const a = ask.read('/a');
        return when<{ a: string | null }>(() => present(a) || absent('there is no /a'), { a });
      });
    expect(await section('read /a\n= absent no such file\n')).toMatchObject({
      states: { thing: 'absent' },
      sections: { thing: null },
      errors: [],
    });
    expect(await section('read /a\n= timeout no answer\n')).toMatchObject({
      states: { thing: 'unknown' },
      sections: { thing: null },
      errors: ['read /a: no answer'],
    });
  });

  it('puts an equal question once', async () => {
    const { asked } = await collect('read /a\n|1\n', (ask) => {
      const [one, two] = [ask.read('/a', Number), ask.read('/a')];
      return always<{ one: number | null; two: string | null }>({ one, two });
    });
    expect(asked.filter((kind) => kind === 'read')).toHaveLength(1);
  });

  it('asks on from an answer, and for each item of one', async () => {
    const { sections } = await collect('read /list\n|x\n|y\nread /x\n|1\nread /y\n= absent gone\n', (ask) => {
      const names = ask.read('/list', (text) => text.trim().split('\n'));
      const items = ask.each(names, (name) => ({ name, value: ask.read(`/${name}`, Number) }));
      return always<{ items: { name: string; value: number | null }[] | null }>({ items: () => items() });
    });
    expect(sections).toEqual({
      thing: {
        items: [
          { name: 'x', value: 1 },
          { name: 'y', value: null },
        ],
      },
    });
  });

  it('says that ward itself is at fault when it asks in a field, calls too early or gives no value', async () => {
    const { unknown } = await collect('read /a\n|1\n', (ask) => {
      const a = ask.read('/a');
      return always<Record<string, string | null>>({ late: () => ask.read('/a')(), nothing: () => undefined as never, fine: a });
    });
    expect(unknown.map(({ path, reason }) => [path, reason.startsWith(FAULT)])).toEqual([
      ['thing.late', true],
      ['thing.nothing', true],
    ]);
    const early = await collect('', (ask) =>
      always<{ a: string | null }>({
        a: (() => {
          const answer = ask.read('/a');
          return () => answer();
        })(),
      }),
    );
    expect(early.unknown).toHaveLength(1);
    const thrown = await collect('read /a\n|1\n', (ask) => always<{ a: string }>({ a: ask.read('/a')() }));
    expect(thrown).toMatchObject({ states: { thing: 'unknown' }, unknown: [{ reason: expect.stringContaining(FAULT) as string }] });
  });
});

const COUNTER = 'read /counter\n|100\nread /counter\n|160\n';
const counter: Collector = (ask) => {
  const change = ask.change('counter', (at) => at.read('/counter', Number));
  return always<{ per_s: number | null }>({ per_s: () => (change().now - change().before) / change().seconds });
};

describe('a change', () => {
  it("uses the last report's sample where it serves, without a pause", async () => {
    const { sections, asked } = await collect(COUNTER, counter, { boot_id: 'b1', uptime_s: 80, values: { counter: 40 } });
    expect(sections).toEqual({ thing: { per_s: 3 } });
    expect(asked).not.toContain('pause');
  });

  it.each([
    ['of another boot', { boot_id: 'b0', uptime_s: 80, values: { counter: 40 } }],
    ['younger than a second', { boot_id: 'b1', uptime_s: 99.5, values: { counter: 40 } }],
    ['older than ten minutes', { boot_id: 'b1', uptime_s: -501, values: { counter: 40 } }],
    ['without this counter', { boot_id: 'b1', uptime_s: 80, values: {} }],
  ])('looks twice where the sample is %s', async (_what, earlier) => {
    const later = 'clock\n= {"unix_ms":1000500,"uptime_s":100.5,"boot_id":"b1"}\n';
    const { sections, sample, asked } = await collect(later + COUNTER, counter, earlier);
    expect(sections).toEqual({ thing: { per_s: 120 } });
    expect(asked.filter((kind) => kind === 'pause')).toHaveLength(1);
    expect(sample?.values).toEqual({ counter: 160 });
  });

  it('is unknown where the second look fails, and nothing else is', async () => {
    const { unknown } = await collect('read /counter\n|100\nread /counter\n= failed gone\n', counter);
    expect(unknown).toEqual([{ path: 'thing.per_s', kind: 'failed', reason: 'read /counter: gone' }]);
  });
});

describe('present and known', () => {
  const thrower = (unknown: Unknown) => () => {
    throw unknown;
  };
  it('take absence for false, and throw on what says nothing about the thing', () => {
    expect(present(() => 1)).toBe(true);
    expect(present(thrower(absent('gone')))).toBe(false);
    expect(() => present(thrower(denied('no')))).toThrow(Unknown);
    expect(known(thrower(unparsed('odd')))).toBe(false);
    expect(() => known(thrower(notAsked('timeout', 'too late')))).toThrow(Unknown);
    expect(orNull(thrower(denied('no')))).toBeNull();
  });
});
