import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { collectAll } from '../../../src/core/collect.ts';
import type { Host } from '../../../src/core/host.ts';
import { PROFILES } from '../../../src/core/profile.ts';
import { withDeadline } from '../../../src/hosts/deadline.ts';
import { localHost } from '../../../src/hosts/local.ts';
import { COLLECTORS } from '../../../src/subsystems/collectors.gen.ts';

/** A machine that never answers anything. */
const silent: Host = { ask: () => new Promise(() => undefined) };
/** Keeps the test's process alive, as the questions of a real machine do. */
const alive = <T>(work: Promise<T>): Promise<T> => {
  const timer = setInterval(() => undefined, 1_000);
  return work.finally(() => clearInterval(timer));
};

describe('a report of which nothing was answered', () => {
  it('is there at its deadline', async () => {
    const begun_ms = performance.now();
    const { errors } = await alive(collectAll(COLLECTORS, withDeadline(silent, 200), PROFILES.orama, null));
    expect(performance.now() - begun_ms).toBeLessThan(2_000);
    expect(new Set(errors.map((error) => error.includes("the report's 0.2 s were over")))).toEqual(new Set([true]));
  });

  it.each(Object.entries(COLLECTORS))('says of %s that it is not known, unless nothing was asked', async (name, collector) => {
    let asked = 0;
    const counting: Host = {
      ask: (kind, question) => {
        if (kind !== 'clock') asked += 1;
        return silent.ask(kind, question);
      },
    };
    const { states, unknown } = await alive(collectAll({ [name]: collector }, withDeadline(counting, 50), PROFILES.orama, null));
    if (asked === 0) return;
    expect(states[name]).not.toBe('absent');
    expect(unknown.filter(({ kind }) => kind === 'timeout').length).toBeGreaterThan(0);
  });
});

describe('a report that is whole', () => {
  it('is not held on to until its deadline, by which whoever makes many would hold them all', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const host = withDeadline({ ask: () => Promise.resolve({ boot_id: 'a' }) } as unknown as Host, 60_000);
    const answer = new WeakRef((await host.ask('clock', {})) as object);
    const isThere = () => {
      collectGarbage();
      return answer.deref() !== undefined;
    };
    await expect.poll(isThere).toBe(false);
    // It can still be asked.
    expect(await host.ask('clock', {})).toEqual({ boot_id: 'a' });
  });
});

describe('a question after the deadline', () => {
  it('is not put any more, and says nothing about the machine', async () => {
    let asked = 0;
    const host = withDeadline(
      {
        ask: (kind, question) => {
          asked += 1;
          return localHost().ask(kind, question);
        },
      },
      0,
    );
    expect(await host.ask('clock', {})).toMatchObject({ kind: 'timeout', asked: false });
    expect(asked).toBe(0);
  });

  it('is answered as before while there is time', async () => {
    expect(await withDeadline(localHost(), 1_000).ask('clock', {})).toHaveProperty('boot_id');
  });
});
