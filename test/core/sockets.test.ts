import { describe, expect, it } from 'vitest';
import { listeners } from '../../src/core/socket-table.ts';
import { askableAt, onPort } from '../../src/core/sockets.ts';

const TITLE = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';

/** A table with lines of local address and port, remote address and port, and state. */
function table(...lines: readonly string[]): string {
  return [
    TITLE,
    ...lines.map(
      (line, at) => `   ${at}: ${line} 00000000:00000000 00:00000000 00000000     0        0 ${100 + at} 1 0000000000000000 100 0 0 10 0`,
    ),
    '',
  ].join('\n');
}

describe('waiting sockets', () => {
  it('are those that wait, on exactly the port: 3322 is not 33220', () => {
    const found = listeners(
      table('00000000:0CFA 00000000:0000 0A', '00000000:81C4 00000000:0000 0A', '0100007F:01BB 0100007F:C350 01'),
      'tcp',
    );
    expect(onPort(found, 3322)).toEqual([{ address: '0.0.0.0', port: 3322, inode: 100 }]);
    expect(onPort(found, 33220)).toHaveLength(1);
    expect(onPort(found, 443)).toEqual([]);
  });

  it('of systemd-resolved do not count as a name server', () => {
    expect(onPort(listeners(table('3500007F:0035 00000000:0000 07'), 'udp'), 53)).toEqual([]);
  });

  it('are asked where they listen', () => {
    const at = (line: string) => askableAt(listeners(table(line), 'udp'), '127.0.0.1:53');
    expect(at('00000000:0035 00000000:0000 07')).toBe('127.0.0.1:53');
    expect(at(`${'0'.repeat(32)}:0035 ${'0'.repeat(32)}:0000 07`)).toBe('127.0.0.1:53');
    expect(at('0100007F:0035 00000000:0000 07')).toBe('127.0.0.1:53');
    expect(at('0100000A:0035 00000000:0000 07')).toBe('10.0.0.1:53');
    expect(at('B80D0120000000000000000001000000:0035 00000000000000000000000000000000:0000 07')).toBe('[2001:db8:0:0:0:0:0:1]:53');
    expect(() => at('00000000:14E9 00000000:0000 07')).toThrow(expect.objectContaining({ kind: 'absent' }));
  });

  it.each(['', 'nonsense', `${TITLE}\n0: XYZ:0035 0:0 0A 0 0 0 0 0 1`])('are not read from %j', (text) => {
    expect(() => listeners(text, 'tcp')).toThrow(expect.objectContaining({ kind: 'unparsed' }));
  });
});
