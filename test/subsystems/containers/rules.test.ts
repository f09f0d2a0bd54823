import { describe, expect, it } from 'vitest';
import { activity, container, failing, found, messages, section } from './fleet.ts';

const ended = (exit_code: number, ago_sec: number | null = 60) => ({ state: 'exited', ended: { exit_code, ago_sec }, memory_bytes: null });

describe('containers as they should be', () => {
  it('raise nothing: running, healthy, paused, finished, or stopped by a person', () => {
    const fine = [
      container('web'),
      container('db', { health: failing({ status: 'healthy', failing_streak: 0, failing_for_sec: 0 }) }),
      container('parked', { state: 'paused' }),
      container('migrate', { restart_policy: 'no', ...ended(0) }),
      container('import', { restart_policy: 'no', ...ended(3) }),
      ...[130, 137, 143].map((code) => container(`stopped${code}`, ended(code))),
      container('once', { restart_policy: 'on-failure:2', ...ended(0) }),
    ];
    expect(found(section(fine))).toEqual([]);
  });

  it('raise nothing where their details could not be read', () => {
    const unread = {
      health: null,
      restarts: null,
      restart_policy: null,
      ended: null,
      error: null,
      oom_killed: null,
      no_memory_limit: null,
      memory_limit_bytes: null,
    };
    expect(found(section([container('a', unread), container('b', { ...unread, state: 'exited' })]))).toEqual([]);
  });
});

describe('health', () => {
  it('says how many probes failed, how, and since when at least', () => {
    const probes = [{ ago_sec: 9, exit_code: 7, took_ms: 3, output: 'curl: (7) Connection refused' }];
    expect(messages(section([container('shop-web', { health: failing({ probes }) })]))).toEqual([
      'shop-web unhealthy: 96 probes in a row refused, one every 30 s, for at least 48 min',
    ]);
  });

  it('tells a probe that took too long from one that failed', () => {
    const timedOut = failing({ probes: [{ ago_sec: 9, exit_code: -1, took_ms: 2_000, output: 'Health check exceeded timeout (2s)' }] });
    expect(messages(section([container('api', { health: timedOut })]))[0]).toContain('96 probes in a row timed out');
  });

  it('counts only while the container runs', () => {
    expect(found(section([container('web', { health: failing(), ...ended(143) })]))).toEqual([]);
  });
});

describe('restarts', () => {
  it('are a loop by their rate, not by their number', () => {
    const many = container('jobs', { restarts: 400 });
    const recent = (seconds: number, restarts: number) => ({ seconds, containers: [activity('jobs', { restarts })] });
    expect(found(section([many], recent(300, 0)))).toEqual([]);
    expect(found(section([many], recent(300, 1)))).toEqual([]);
    expect(found(section([many], recent(300, 2)))).toEqual(['warning firing restart-loop jobs']);
    expect(found(section([many], recent(20, 2)))).toEqual(['warning firing restart-loop jobs']);
  });

  it('without two looks are a loop if the last was a moment ago', () => {
    expect(found(section([container('jobs', { restarts: 20, started_sec: 3 })]))).toEqual(['warning firing restart-loop jobs']);
    expect(found(section([container('jobs', { restarts: 20, started_sec: 3_600 })]))).toEqual([]);
    expect(found(section([container('jobs', { restarts: 20, state: 'restarting', ended: { exit_code: 1, ago_sec: 30 } })]))).toEqual([
      'warning firing restart-loop jobs',
    ]);
  });

  it('follow from being killed for lack of memory', () => {
    const killed = container('ml', { restarts: 20, started_sec: 3, oom_killed: true });
    expect(found(section([killed]))).toEqual(['warning firing oom-killed ml', 'warning muted restart-loop ml']);
  });
});

describe('ends', () => {
  it('count if the engine should have started it again and gave up or could not', () => {
    const gone = [
      container('import', { restart_policy: 'on-failure:2', ...ended(2) }),
      container('proxy', { ...ended(128), error: 'driver failed programming external connectivity' }),
      container('fresh', { state: 'created', error: 'no such device' }),
    ];
    expect(found(section(gone))).toEqual(['warning firing exited fresh', 'warning firing exited import', 'warning firing exited proxy']);
    expect(found(section([container('waiting', { state: 'created' })]))).toEqual([]);
  });

  it('for lack of memory count once, and are history after a day where nothing starts it again', () => {
    const killed = { oom_killed: true, restart_policy: 'on-failure:1', ...ended(137) };
    expect(found(section([container('ml', killed)]))).toEqual(['warning muted exited ml', 'warning firing oom-killed ml']);
    const once = { ...killed, restart_policy: 'no' };
    expect(found(section([container('ml', { ...once, ended: { exit_code: 137, ago_sec: 80_000 } })]))).toEqual([
      'warning firing oom-killed ml',
    ]);
    expect(found(section([container('ml', { ...once, ended: { exit_code: 137, ago_sec: 90_000 } })]))).toEqual([]);
  });
});

describe('limits', () => {
  it('of memory: none is told, and so is one that is nearly reached', () => {
    const none = container('llm', { no_memory_limit: true, memory_limit_bytes: null });
    const full = container('cache', { memory_bytes: 0.9 * 2 ** 28 });
    const nearly = container('queue', { memory_bytes: 0.89 * 2 ** 28 });
    expect(found(section([none, full, nearly]))).toEqual(['warning firing memory cache', 'info firing no-memory-limit llm']);
  });

  it('of writes are held against an hour, and count once they have lasted', () => {
    const writes = (gibPerHour: number) => {
      const disk = { read_bytes_per_s: 0, write_bytes_per_s: (gibPerHour * 2 ** 30) / 3_600 };
      return found(section([container('feed')], { seconds: 30, containers: [activity('feed', { disk })] }));
    };
    expect(writes(0.99)).toEqual([]);
    expect(writes(1.7)).toEqual(['warning pending write-rate feed']);
    expect(writes(5.1)).toEqual(['critical pending write-rate feed']);
  });

  it('of an image are 30 days, of a container that runs', () => {
    const old = { image_age_sec: 31 * 86_400 };
    expect(
      found(
        section([
          container('wiki', old),
          container('done', { ...old, restart_policy: 'no', ...ended(0) }),
          container('new', { image_age_sec: 30 * 86_400 }),
        ]),
      ),
    ).toEqual(['info firing image-age wiki']);
  });
});
