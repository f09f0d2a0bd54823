import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Unknown } from '../../../src/core/unknown.ts';
import { bootstrapIn, bootstrapOf, toldIn } from '../../../src/subsystems/anyone/control.ts';

describe('the words of the control port', () => {
  it('are told by their keys, whatever their values hold', () => {
    const told = toldIn(
      '250 OK\r\n250-version=0.4.9.11-live\r\n250-status/bootstrap-phase=NOTICE A=B C="x=y"\r\n250 OK\r\n250 closing connection\r\n',
    );
    expect([...told]).toEqual([
      ['version', '0.4.9.11-live'],
      ['status/bootstrap-phase', 'NOTICE A=B C="x=y"'],
    ]);
  });

  it('that refuse are denied', () => {
    expect(() => toldIn('515 Authentication failed: Wrong length on authentication cookie.\r\n')).toThrow(
      expect.objectContaining({ kind: 'denied' }),
    );
  });

  it('tell how far it is and what keeps it', () => {
    expect(bootstrapOf('WARN BOOTSTRAP PROGRESS=14 TAG=handshake SUMMARY="Handshaking \\"now\\"" WARNING="No route" COUNT=3')).toEqual({
      pct: 14,
      summary: 'Handshaking "now"',
      warning: 'No route',
      source: 'control',
    });
  });

  it('and of its log are between 0 and 100, or said not to be read', () => {
    const looks = [bootstrapOf, bootstrapIn];
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^(Bootstrapped |PROGRESS=)[0-9]{0,5}%?.{0,20}$/)), (text) => {
        for (const look of looks) {
          try {
            const { pct } = look(text);
            expect(pct >= 0 && pct <= 100).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(Unknown);
          }
        }
      }),
    );
  });
});

describe('the log', () => {
  it('counts by its last word', () => {
    const log = 'Bootstrapped 100% (done): Done\nrestart\nBootstrapped 95% (circuit_create): Establishing a circuit\nlater lines\n';
    expect(bootstrapIn(log)).toEqual({ pct: 95, summary: 'Establishing a circuit', warning: '', source: 'log' });
  });

  it('that was turned over tells nothing', () => {
    expect(() => bootstrapIn('Heartbeat: Our uptime is 2 days\n')).toThrow(expect.objectContaining({ kind: 'absent' }));
  });
});
