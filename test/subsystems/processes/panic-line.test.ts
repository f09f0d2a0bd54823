import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPanicLine } from '../../../src/subsystems/processes/panic-line.ts';

const PANICS = [
  'panic: runtime error: invalid memory address or nil pointer dereference',
  'fatal error: all goroutines are asleep - deadlock!',
  'fatal error: concurrent map writes',
  '2026/11/22 12:00:00 panic: send on closed channel',
  '2026-11-22T12:00:00.123Z\tFATAL\tgateway\tcannot bind port 6001',
  '2026-11-22T12:00:00.123Z\tfatal\tgateway\tcannot bind port 6001',
  '2026-11-22 12:00:00.123 UTC [4711] FATAL:  the database system is shutting down',
  '2026-11-22 12:00:00.123 UTC [4711] PANIC:  could not write to file "pg_wal/xlogtemp.1"',
  '[FATAL] plugin/forward: not an IP address or file: "nope"',
  '[2026-11-22 12:00:00] [PANIC] raft: log is gone',
  'orama-node[812]: FATAL no leader in 60 s',
  'Nov 22 12:00:00 orama-node[812]: panic: boom',
  'FATAL: kernel too old',
  'Fatal: cannot open /srv/data: permission denied',
  'git: fatal: not a git repository',
  'level=fatal msg="cannot listen"',
  'ts=2026-11-22T12:00:00Z caller=main.go:12 level=panic err="no space left"',
  'time="2026-11-22T12:00:00Z" level=fatal msg="open /etc/x: denied"',
  '{"level":"fatal","ts":1795348800,"msg":"cannot listen"}',
  '{"time":"2026-11-22","severity": "PANIC","message":"x"}',
  '{"level":60,"time":1795348800123,"pid":12,"msg":"gone"}',
  "thread 'main' panicked at src/main.rs:12:5:",
  "thread 'tokio-runtime-worker' (12) panicked at 'called `Option::unwrap()` on a `None` value'",
  'http: panic serving 10.0.0.1:44120: runtime error: index out of range',
  'Kernel panic - not syncing: Attempted to kill init!',
];

const NO_PANICS = [
  '',
  'non-fatal error while syncing, will retry',
  'a non-fatal: error',
  '0 fatal, 3 warnings',
  '0 fatal: none',
  'fatal: 0, errors: 2',
  'errors: 2, fatal: 0',
  'fatal: 0 errors found',
  'panic=1',
  'Kernel command line: root=/dev/sda1 panic=10 ro',
  'Started kernel-panic-notifier.service - tells of kernel panics.',
  'kernel-panic-notifier[12]: nothing to tell',
  'panicking is not the answer',
  'do not panic: all is well',
  'level=info msg="recovered from fatal error"',
  'level=fatality msg=x',
  'loglevel=nonfatal',
  '{"level":"info","msg":"level=fatal was set"}',
  '{"level":"info","msg":"the \\"severity\\" is never fatal"}',
  '{"level":600,"msg":"x"}',
  'GET /docs/fatal.html 200',
  'client 10.0.0.1 said FATAL: nothing',
  'the fatal flaw of this plan',
  'fatal flaw in the plan',
  '12 FATAL of 400 tests',
  'Setting GOTRACEBACK for fatal panic traces',
  'user panic logged in',
];

describe('a panic line', () => {
  it.each(PANICS)('is one: %s', (line) => {
    expect(isPanicLine(line)).toBe(true);
  });

  it.each(NO_PANICS)('is none: %s', (line) => {
    expect(isPanicLine(line)).toBe(false);
  });

  it('is judged in time that grows with its length at most, whatever the text', () => {
    const nasty = ['2026-11-22 ', '[', '(', 'a:', 'panic', ' ', '\t', 'level=', '"level":', '12:00:00 ', "thread '", 'FATAL', '{'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...nasty), { maxLength: 5_000 }), (parts) => {
        expect(typeof isPanicLine(parts.join(''))).toBe('boolean');
      }),
      { numRuns: 50, interruptAfterTimeLimit: 5_000, markInterruptAsFailure: true },
    );
  });
});
