import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { KEY_TABLE } from '../../src/tui/key-table.ts';
import type { Look } from '../../src/tui/look.ts';
import { keyDecoder } from '../../src/tui/screen/key-decoder.ts';
import { screenOn, story } from './story.ts';

let look: Look;
beforeAll(async () => {
  look = await story();
});

const heading = (text: string) => text.split('\n')[3] ?? '';
const selected = (text: string) => /^▌ (\S+)/m.exec(text)?.[1];

describe('keys from a terminal', () => {
  it('are known by their names', () => {
    const decoder = keyDecoder(() => undefined);
    expect(decoder.feed('j\x1b[A\x1b[6~\x1b[Z\x1bOB\r\t \x7f\x03é')).toEqual([
      'j',
      'up',
      'page-down',
      'shift-tab',
      'down',
      'enter',
      'tab',
      'space',
      'backspace',
      'ctrl-c',
      'é',
    ]);
  });

  it('tell an ESC that stands alone from one that begins a key', () => {
    const decoder = keyDecoder(() => undefined);
    expect(decoder.feed('\x1b')).toEqual([]);
    expect(decoder.waits).toBe(true);
    expect(decoder.flush()).toEqual(['escape']);
    expect(decoder.feed('\x1b')).toEqual([]);
    expect(decoder.feed('[A')).toEqual(['up']);
  });

  it('are not what the terminal answers to a question', () => {
    const answers: string[] = [];
    const decoder = keyDecoder((answer) => answers.push(answer));
    expect(decoder.feed('a\x1b]11;rgb:1c1c/1c1c/1c1c\x1b\\b\x1b]11;rgb:ff/ff/ff\x07c')).toEqual(['a', 'b', 'c']);
    expect(answers).toHaveLength(2);
  });

  it('are the same however what the terminal sends is cut into pieces', () => {
    const piece = fc.constantFrom('j', '\x1b[A', '\x1b[6~', '\x1bOB', 'ü', '\r', '\x1b]11;rgb:0/0/0\x07', '\x1b[Z', '日');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.nat(40), { maxLength: 6 }), (pieces, cuts) => {
        const whole = pieces.join('');
        const at = [0, ...cuts.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length];
        const parts = at.slice(1).map((end, index) => whole.slice(at[index], end));
        const [one, many] = [keyDecoder(() => undefined), keyDecoder(() => undefined)];
        const expected = [...one.feed(whole), ...one.flush()];
        expect([...parts.flatMap((part) => many.feed(part)), ...many.flush()]).toEqual(expected);
      }),
    );
  });

  it('never make the decoder stop or keep more than it may, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
        const decoder = keyDecoder(() => undefined);
        decoder.feed(text);
        decoder.flush();
        expect(decoder.waits).toBe(false);
      }),
    );
  });
});

describe('keys on the screen', () => {
  it('move the cursor, and it stays on its row when the tab is left and found again', () => {
    const on = screenOn(look, 120, 40).press('2', 'j', 'j');
    expect(selected(on.text())).toBe('vm4');
    expect(selected(on.press('tab', 'shift-tab').text())).toBe('vm4');
    expect(selected(on.press('G').text())).toBe('vm5');
    expect(selected(on.press('g').text())).toBe('ns3');
  });

  it('go around the tabs in both directions', () => {
    const on = screenOn(look, 120, 40);
    const seen = Array.from({ length: 8 }, () => heading(on.press('l').text()));
    expect(new Set(seen).size).toBe(8);
    expect(heading(on.press('h').text())).toBe(seen[6]);
  });

  it('narrow a list while typing, keep the filter, exclude by it, and clear it', () => {
    const on = screenOn(look, 120, 40).press('7', '/', 's', 'h', 'o', 'p');
    expect(heading(on.text())).toMatch(/Containers 6\/15/);
    on.press('enter');
    expect(on.ui().mode).toBe('browse');
    on.press('/', 'ctrl-u', '!', 's', 'h', 'o', 'p', 'enter');
    expect(heading(on.text())).toMatch(/Containers 9\/15/);
    on.press('escape');
    expect(heading(on.text())).toMatch(/Containers 15 /);
  });

  it('say what matches nothing', () => {
    const text = screenOn(look, 120, 40).press('7', '/', 'q', 'q').text();
    expect(text).toContain('Nothing matches /qq. Esc clears the filter.');
  });

  it('show only problems, and all again', () => {
    const on = screenOn(look, 120, 40).press('2', 'e');
    expect(on.text()).not.toContain('✓ healthy');
    expect(on.press('e').text()).toContain('✓ healthy');
  });

  it('sort by a column with problems on top, and mixed when asked twice', () => {
    const order = (text: string) => [...text.matchAll(/^[ ▌] (ns\d|vm\d) +[✗!✓]/gm)].map(([, name]) => name);
    const on = screenOn(look, 120, 20).press('2', ...':sort cpu', 'enter');
    expect(order(on.text())).toEqual(['vm4', 'ns2', 'ns3', 'ns1', 'vm5']);
    on.press(...':sort cpu', 'enter');
    expect(order(on.text())).toEqual(['vm4', 'ns2', 'ns1', 'ns3', 'vm5']);
  });

  it('open a page, go to its neighbours, and come back', () => {
    const on = screenOn(look, 120, 40).press('2', 'enter');
    expect(on.text()).toContain('Nodes › ns3');
    expect(on.press(']').text()).toContain('Nodes › ns2');
    expect(on.press('[').text()).toContain('Nodes › ns3');
    expect(selected(on.press('escape').text())).toBe('ns3');
  });

  it('fold what follows from an alert under it', () => {
    const on = screenOn(look, 120, 40).press('8', 'j');
    expect(on.text()).toContain('├ ns1');
    expect(on.press('space').text()).not.toContain('├ ns1');
    expect(on.press('space').text()).toContain('├ ns1');
  });

  it('run commands, and name the nearest where there is no such one', () => {
    const on = screenOn(look, 120, 40).press(...':node ns2', 'enter');
    expect(on.text()).toContain('› ns2');
    expect(on.press(...':containers', 'enter').text()).toContain('Containers 15');
    expect(on.press(...':containrs', 'enter').text()).toContain('There is no command "containrs"; nearest is containers');
    expect(on.press(...':quit', 'enter').effects).toEqual([{ kind: 'quit' }]);
  });

  it('go to another environment of the inventory, and say which there are', () => {
    const on = screenOn(look, 120, 40).press(...':env dev', 'tab');
    expect(on.ui().command).toBe('env devnet');
    expect(on.press('enter').effects).toEqual([{ kind: 'environment', name: 'devnet' }]);
    const other = screenOn(look, 120, 40);
    expect(other.press(...':env devnt', 'enter').text()).toContain('No environment is called "devnt"; nearest is devnet');
    expect(other.press(...':env testnet', 'enter').text()).toContain('testnet is what is shown.');
    const single = screenOn({ ...look, environments: ['testnet'] }, 120, 40).press(...':env x', 'enter');
    expect(single.text()).toContain('The inventory has no other environment.');
  });

  it('complete a command with the worst node first', () => {
    expect(screenOn(look, 120, 40).press(':', 'n', 'o', 'tab').ui().command).toBe('node ns3');
  });

  it('are all in the help', () => {
    const text = screenOn(look, 140, 60).press('?').text();
    for (const { label, help } of KEY_TABLE) expect(text).toMatch(new RegExp(`${label.replace(/[?+[\]]/g, '\\$&')} +${help.slice(0, 12)}`));
  });

  it('quit, read anew, copy and open ssh through the session', () => {
    const on = screenOn(look, 120, 40).press('r', 'y', '!', 'ctrl-z', 'ctrl-l', 'q', 'ctrl-c');
    expect(on.effects.map(({ kind }) => kind)).toEqual(['refresh', 'copy', 'ssh', 'stop', 'redraw', 'quit', 'quit']);
  });

  it('never break the screen, whatever is pressed in whatever order', () => {
    const key = fc.constantFrom(...KEY_TABLE.flatMap(({ keys }) => keys).filter((each) => !['q', 'ctrl-c'].includes(each)), 'x', 'ß');
    fc.assert(
      fc.property(fc.array(key, { maxLength: 40 }), (keys) => {
        expect(
          screenOn(look, 90, 24)
            .press(...keys)
            .screen().rows,
        ).toHaveLength(24);
      }),
      { numRuns: 60 },
    );
  });
});
