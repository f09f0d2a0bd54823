import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Copy, ROOT, temporaryCopy } from './temporary-copy.ts';

const OLDER = [join(ROOT, 'tools/node-20/node_modules/.bin/node'), '/usr/bin/node'].find((file) => existsSync(file) && major(file) < 24);

function major(node: string): number {
  return Number(/^v(\d+)/.exec(execFileSync(node, ['--version'], { encoding: 'utf8' }))?.[1]);
}

describe('the package', () => {
  let copy: Copy;
  let tarball: string;
  let home: string;
  let packed: { path: string; size: number }[];
  const env = () => ({
    ...process.env,
    HOME: home,
    npm_config_update_notifier: 'false',
    PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
  });

  beforeAll(() => {
    copy = temporaryCopy();
    home = mkdtempSync(join(tmpdir(), 'wardround-package-'));
    const said = execFileSync('npm', ['pack', '--json', '--offline', '--loglevel=error'], {
      cwd: copy.folder,
      encoding: 'utf8',
      env: env(),
    });
    const [{ filename, files }] = JSON.parse(said.slice(said.indexOf('[\n')));
    tarball = join(copy.folder, filename);
    packed = files;
  }, 120_000);
  afterAll(() => {
    copy.end();
    rmSync(home, { recursive: true, force: true });
  });

  it('holds what runs and what one must read, and no file of its making', () => {
    const paths = packed.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'bin/ward.cjs',
        'dist/ward.cjs',
        'dist/agent.cjs',
        'dist/licenses.txt',
        'man/ward.1',
        'LICENSE',
        'README.md',
        'CHANGELOG.md',
        'package.json',
      ]),
    );
    expect(
      paths.filter((path) => !/^(bin\/ward\.cjs|dist\/[\w.-]+|man\/ward\.1|LICENSE|README\.md|CHANGELOG\.md|package\.json)$/.test(path)),
    ).toEqual([]);
    expect(statSync(tarball).size).toBeLessThan(1024 * 1024);
  });

  it('is found sound by publint', () => {
    const { exit, text } = copy.run('publint', 'run', tarball, '--strict');
    expect(text).toContain('All good!');
    expect(exit).toBe(0);
  });

  it('installs without the network and runs by npx', () => {
    const folder = join(home, 'someone');
    mkdirSync(folder);
    execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder, tarball], {
      env: env(),
      stdio: 'pipe',
    });
    expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['wardround']);
    const run = (...words: string[]) =>
      spawnSync('npx', ['--offline', '--no-install', 'ward', ...words], { cwd: folder, encoding: 'utf8', env: env() });
    expect(run('version').stdout).toMatch(/\d+\.\d+\.\d+/);
    const report = run('node', 'report', '--json', '--only', 'system');
    expect(JSON.parse(report.stdout)).toMatchObject({ states: { system: 'ok' } });
  });

  it.skipIf(OLDER === undefined)(
    `says in one line what it needs on an older Node.js${OLDER === undefined ? ' (skipped: there is none here)' : ''}`,
    () => {
      const { status, stdout, stderr } = spawnSync(OLDER ?? '', [join(copy.folder, 'bin/ward.cjs'), 'node', 'report'], {
        encoding: 'utf8',
      });
      expect(stdout).toBe('');
      expect(stderr).toMatch(/^ward: .*Node\.js 24.*\n$/);
      expect(status).toBeGreaterThan(0);
    },
  );
});
