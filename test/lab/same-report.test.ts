import { describe, expect, it } from 'vitest';
import { differences } from '../../lab/check/same-report.ts';

const report = (system: object, unknown: object[] = []) => ({ system, unknown });

describe('two reports of one machine', () => {
  it('are the same where only what moves has moved, and no further than time explains', () => {
    const one = report({ uptime_seconds: 100, mem_used_mb: 5, filesystems: [{ mount: '/', used_bytes: 1 }] });
    const other = report({ uptime_seconds: 130, mem_used_mb: 9, filesystems: [{ mount: '/', used_bytes: 2 }] });
    expect(differences(one, other, ['system'])).toEqual([]);
    expect(differences(one, report({ ...other.system, uptime_seconds: 900 }), ['system'])).toEqual([
      'system.uptime_seconds is 100 and 900',
    ]);
  });

  it('differ in a value, in what one of them lacks, and in why a value is unknown', () => {
    const one = report({ cpu_count: 2, kernel: '6.1' }, [{ path: 'system.x', kind: 'absent', reason: 'no such file' }]);
    const other = report({ cpu_count: 4 }, [{ path: 'system.x', kind: 'denied', reason: 'permission denied' }]);
    expect(differences(one, other, ['system'])).toEqual([
      'system.cpu_count is 2 and 4',
      'system.kernel is "6.1" and undefined',
      'only the first does not know system.x (absent: no such file)',
      'only the second does not know system.x (denied: permission denied)',
    ]);
    expect(differences(one, other, ['network'])).toEqual([]);
  });
});
