import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manPage } from '../../scripts/man/man-page.ts';
import { roff } from '../../scripts/man/roff.ts';
import { program } from '../../src/cli/program.ts';
import { quiet } from './quiet-io.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const MAN = ['/usr/bin/man', '/bin/man'].find((path) => existsSync(path)) ?? null;

describe('the man page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ward-man-'));
  const file = join(folder, 'ward.1');
  beforeAll(() => writeFileSync(file, manPage()));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has every command and every option that help shows', () => {
    const page = manPage();
    const ward = program(quiet, () => undefined);
    const options = ward.commands.flatMap((one) => one.createHelp().visibleOptions(one));
    expect(options.length).toBeGreaterThan(20);
    for (const { long, flags } of options) expect(page).toContain(`\\fB${roff(long === null ? '' : flags)}`);
    for (const name of ['monitor', 'node report', 'node trust', 'config check', 'completion']) expect(page).toContain(`.SS "ward ${name} `);
  });

  it('names every variable that ward reads of the environment', () => {
    const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const read = files.flatMap((name) => [...readFileSync(join(ROOT, 'src', name), 'utf8').matchAll(/env(?:\['|\.)(WARD_\w+)/g)]);
    const names = new Set(read.map(([, name = '']) => name).filter((name) => !name.startsWith('WARD_ASKPASS')));
    expect(names.size).toBeGreaterThan(3);
    for (const name of names) expect(manPage()).toContain(name);
  });

  it.skipIf(MAN === null)(`is rendered by man without a warning${MAN === null ? ' (skipped: man is not installed)' : ''}`, () => {
    const { stdout, stderr, status } = spawnSync(MAN ?? '', ['-l', '--warnings=all', '-E', 'UTF-8', file], {
      encoding: 'utf8',
      env: { ...process.env, MANWIDTH: '100', LC_ALL: 'C.UTF-8', MAN_KEEP_FORMATTING: '' },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^NAME\n +ward - look after servers/m);
    expect(stdout).toContain("ward monitor --ssh 'web*'");
  });

  it('is what the package carries, made anew for each', () => {
    const { man, files, scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      man: string[];
      files: string[];
      scripts: Record<string, string>;
    };
    expect({ man, carried: files.includes('man') }).toEqual({ man: ['./man/ward.1'], carried: true });
    expect(scripts['prepack']).toContain('dev.mjs man');
    execFileSync(process.execPath, ['scripts/generate-man.ts', folder], { cwd: ROOT });
    expect(readFileSync(file, 'utf8')).toBe(manPage());
  });
});
