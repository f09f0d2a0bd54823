import { describe, expect, it } from 'vitest';
import { WARD } from '../cli/run-ward.ts';
import { inTerminal } from './in-terminal.ts';
import { TMUX } from './tmux-terminal.ts';

const { file, open, press, resize, seen, shows, pid, settings } = inTerminal();

const LAST = /recorded +03:1[45]|4 of 5 nodes.* 03:1[45]/;

describe.skipIf(TMUX === null)(`the live screen in a real terminal${TMUX === null ? ' (skipped: tmux is not installed)' : ''}`, () => {
  it('opens with what is worst, goes through every tab, and gives the terminal back on q', async () => {
    open(120, 40);
    await shows(LAST);
    await shows(/✗ \d critical.+testnet/);
    for (const [key, title] of [
      ['2', 'Nodes 5'],
      ['3', 'Units 11'],
      ['4', 'Mesh 5'],
      ['5', 'DNS'],
      ['6', 'No namespaces on the'],
      ['7', 'Containers 15'],
      ['8', 'Alerts'],
    ] as const) {
      press(key);
      await shows(title);
    }
    press('1');
    press('Tab');
    await shows(/^ {2}Nodes 5/m);
    press('BTab');
    await shows(/^ {2}Subsystems/m);
    press('q');
    const left = await shows('ended with 0');
    expect(left).toContain('before');
    expect(left).not.toContain('Overview');
    const [before, after] = settings();
    expect(after).toBe(before);
  });

  it('filters, opens, goes back, asks for help and runs a command by its keys', async () => {
    open(80, 24);
    await shows(LAST);
    press('7', '/', 's', 'h', 'o', 'p');
    await shows('6/15');
    press('Enter', 'Enter');
    await shows('Containers › shop-web');
    press('Escape');
    await shows('6/15');
    press('Escape');
    await shows('Containers 15');
    press('?');
    await shows('─ Help ─');
    press('Escape', ':', 'n', 'o', 'd', 'e', 'Space', 'n', 's', '2', 'Enter');
    await shows('› ns2');
    press('C-c');
    expect(await shows('ended with 0')).toContain('before');
  });

  it('follows the window through a storm of sizes, and says when it is too small', async () => {
    open(120, 40);
    await shows(LAST);
    for (let size = 20; size < 200; size += 6) resize(size, 5 + (size % 45));
    resize(50, 10);
    await shows('This window is 50 x 10');
    resize(140, 45);
    await shows(/^ {2}Subsystems/m);
    expect(seen().split('\n')[0]).toMatch(/^ *✗ \d critical/);
  });

  it('goes to another environment of the inventory, and reads that one', async () => {
    const place = '{address: 127.0.0.1, port: 1}';
    const path = file('nodes.yaml', `environments: {one: {nodes: {first: ${place}}}, two: {nodes: {second: ${place}}}}\n`);
    open(120, 40, [process.execPath, WARD, 'monitor', 'live', '--config', path, '--env', 'one']);
    await shows(/first +✗ unreachable/);
    press('2', ':', 'e', 'n', 'v', 'Space', 'Tab', 'Enter');
    expect(await shows(/second +✗ unreachable/)).not.toContain('first');
    expect(seen().split('\n')[0]).toMatch(/ two .*1 of 1|two {2}0 of 1 node/);
  });

  it.each([
    ['TERM', 143],
    ['HUP', 129],
  ])('leaves a usable terminal behind on SIG%s, with its exit code', async (signal, exit) => {
    open(100, 30);
    await shows(LAST);
    process.kill(pid(), `SIG${signal}`);
    const left = await shows(`ended with ${exit}`);
    expect(left).toContain('before');
  });
});
