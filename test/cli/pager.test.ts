import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pagerOf } from '../../src/cli/pager.ts';
import { programPath } from '../../src/fleet/ssh/program.ts';
import { onTerminal, SCRIPT } from './on-a-terminal.ts';
import { ended, environment, home, useWard, ward } from './run-ward.ts';

useWard();

const PAGED = { WARD_PAGER: 'sed s/^/paged:/' };
const LONG = ['rules'];
const LESS = programPath('less', environment());

/** How the line ended on a terminal of 40 rows, and what stood there. */
async function shown(words: readonly string[], env: Readonly<Record<string, string>>): Promise<{ exit: number | null; text: string }> {
  const { exit, stdout } = await ended(onTerminal(words, 100, env));
  return { exit, text: stdout.replaceAll('\r\n', '\n') };
}

describe('the pager that is taken', () => {
  it('is WARD_PAGER, then PAGER, with its words and without a shell; none if that is empty, cat or not there', () => {
    const path = (env: Record<string, string>) => pagerOf(environment(env));
    expect(path({ WARD_PAGER: 'sed -n p', PAGER: 'head' })).toMatchObject({
      program: programPath('sed', environment()),
      words: ['-n', 'p'],
    });
    expect(path({ PAGER: 'head -n;id' })).toMatchObject({ words: ['-n;id'] });
    for (const none of ['', ' ', 'cat', 'no-such-pager', '/no/such/pager']) expect(path({ WARD_PAGER: none })).toBeNull();
    expect(path({ TERM: 'dumb', WARD_PAGER: 'sed' })).toBeNull();
  });

  it.skipIf(LESS === null)(
    `is less -FRX where none is named, and without its shell by sudo${LESS === null ? ' (skipped: less is not installed)' : ''}`,
    () => {
      expect(pagerOf(environment())).toMatchObject({ program: LESS, words: ['-FRX'] });
      const bySudo = pagerOf(environment({ SUDO_UID: '1000', WARD_PAGER: 'sh', PAGER: 'sh' }));
      expect(bySudo).toMatchObject({ program: LESS, words: ['-FRX'], env: { LESSSECURE: '1' } });
    },
  );
});

describe.skipIf(SCRIPT === null)(`long output on a terminal${SCRIPT === null ? ' (skipped: no script(1) on this machine)' : ''}`, () => {
  it('goes through the pager', async () => {
    const { exit, text } = await shown(LONG, PAGED);
    expect(exit).toBe(0);
    const lines = text.split('\n').slice(0, -1);
    expect(lines.length).toBeGreaterThan(40);
    expect(lines.filter((line) => !line.startsWith('paged:'))).toEqual([]);
  });

  it('does not with --json, with --watch or where it fits', async () => {
    const config = join(home, 'silent.yaml');
    writeFileSync(config, 'environments: {lab: {nodes: {ns1: {address: 127.0.0.1, port: 1}}}}\n');
    expect((await shown([...LONG, '--json'], PAGED)).text).not.toContain('paged:');
    const fits = await shown(['monitor', 'cluster', '--config', config], PAGED);
    expect(fits).toMatchObject({ exit: 5, text: expect.not.stringContaining('paged:') });
    const watch = onTerminal(['monitor', 'cluster', '--config', config, '--watch', '30'], 100, PAGED);
    let seen = '';
    watch.stdout?.setEncoding('utf8').on('data', (text: string) => {
      seen += text;
      if (seen.includes('Evidence and next steps')) watch.stdin?.write('\x03');
    });
    await ended(watch);
    expect(seen).not.toContain('paged:');
  });

  it('is printed plainly where the pager is not there', async () => {
    const { exit, text } = await shown(LONG, { WARD_PAGER: 'no-such-pager' });
    expect(exit).toBe(0);
    expect(text).toContain('system/disk');
    expect(text).not.toContain('no-such-pager');
  });

  it('may be left before its end, which is 0 and says nothing', async () => {
    const { exit, text } = await shown(LONG, { WARD_PAGER: 'head -n 2' });
    expect(exit).toBe(0);
    expect(text.split('\n')).toHaveLength(3);
    expect(await shown(LONG, { WARD_PAGER: 'true' })).toEqual({ exit: 0, text: '' });
  });

  it.skipIf(LESS === null)(
    `stays with less through Ctrl+C until q${LESS === null ? ' (skipped: less is not installed)' : ''}`,
    async () => {
      const child = onTerminal(LONG, 100, { WARD_PAGER: 'less -FRX' });
      let seen = '';
      let pressed = 0;
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        seen += text;
        const prompts = seen.split('\n:').length - 1 + (seen.split('\r:').length - 1);
        if (pressed === 0 && prompts > 0) {
          pressed = 1;
          child.stdin?.write('\x03 ');
        } else if (pressed === 1 && prompts > 1) {
          pressed = 2;
          child.stdin?.write('q');
        }
      });
      const { exit } = await ended(child);
      expect({ exit, pressed }).toEqual({ exit: 0, pressed: 2 });
    },
  );
});

describe('long output that is no terminal', () => {
  it('is never paged', async () => {
    const { stdout } = await ward(LONG, { env: PAGED });
    expect(stdout).toContain('system/disk');
    expect(stdout).not.toContain('paged:');
  });
});
