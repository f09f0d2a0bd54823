import { describe, expect, it } from 'vitest';
import { type Ask, present } from '../../src/core/ask.ts';
import { collectAll } from '../../src/core/collect.ts';
import { PROFILES } from '../../src/core/profile.ts';
import type { Sample } from '../../src/core/samples.ts';
import { always } from '../../src/core/section.ts';
import { transcript } from '../../src/hosts/transcript.ts';

const TEXT = 'clock\n= {"unix_ms":1000000,"uptime_s":100,"boot_id":"b1"}\nread /counter\n|50\nread /missing\n= absent no such file\n';

interface Thing {
  value: number | null;
}

async function collect(value: (ask: Ask) => () => number, earlier: Sample | null = null) {
  const { host, missing } = transcript(TEXT);
  const { sections, unknown, sample } = await collectAll(
    { thing: (ask) => always<Thing>({ value: value(ask) }) },
    host,
    PROFILES.default,
    earlier,
  );
  return { value: (sections['thing'] as Thing).value, unknown, sample, missing };
}

describe('a look compared with the last report', () => {
  const growth = (ask: Ask) => {
    const counter = ask.since('counter', ask.read('/counter', Number));
    return () => (counter().now - counter().before) / counter().seconds;
  };

  it('gives both values and the time between', async () => {
    expect((await collect(growth, { boot_id: 'b1', uptime_s: 90, values: { counter: 20 } })).value).toBe(3);
  });

  it.each<[string, Sample | null]>([
    ['there is none', null],
    ['the machine was started anew', { boot_id: 'b0', uptime_s: 90, values: { counter: 20 } }],
    ['it had no such value', { boot_id: 'b1', uptime_s: 90, values: {} }],
  ])('is absent where %s, and looks no second time', async (_what, earlier) => {
    const { value, unknown, sample } = await collect(growth, earlier);
    expect(value).toBeNull();
    expect(unknown).toEqual([{ path: 'thing.value', kind: 'absent', reason: 'no earlier look serves to compare with' }]);
    expect(sample?.values).toEqual({ counter: 50 });
  });
});

describe('a value of several answers', () => {
  it('may do without one of them, and serves to ask on', async () => {
    const { value } = await collect((ask) => {
      const [counter, missing] = [ask.read('/counter', Number), ask.read('/missing', Number)];
      const sum = ask.all([counter, missing], () => counter() + (present(missing) ? missing() : 1));
      return ask.after(sum, (so_far) => ask.read('/counter', (text) => so_far + Number(text)));
    });
    expect(value).toBe(101);
  });

  it('is unknown for the reason of the one that it cannot do without', async () => {
    const { value, unknown } = await collect((ask) => {
      const missing = ask.read('/missing', Number);
      return ask.all([missing], () => missing() + 1);
    });
    expect(value).toBeNull();
    expect(unknown).toEqual([{ path: 'thing.value', kind: 'absent', reason: 'read /missing: no such file' }]);
  });
});
