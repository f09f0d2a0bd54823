import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statfsSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FileFacts, Host } from '../../../src/core/host.ts';
import { farFiles } from '../../../src/hosts/local/far-files.ts';
import { listening, ownFolder, withoutRights } from './places.ts';
import { WAYS } from './ways.ts';

type FileKind = 'read' | 'list' | 'stat' | 'statfs';

/** Files as they are asked for where the file system is another's: through programs that can be left behind. */
const far = farFiles((ms) => ms);
const throughPrograms = { ask: (kind: FileKind, { path }: { path: string }) => far[kind](path) } as Host;

const FILE_WAYS = [...WAYS, { way: 'this machine through programs', hostWithin: () => throughPrograms }];

const gone = expect.objectContaining({ kind: 'absent', reason: 'no such file or folder' });
const refused = expect.objectContaining({ kind: 'denied', reason: 'permission denied' });

describe.each(FILE_WAYS)('files of $way', ({ hostWithin }) => {
  const { ask } = hostWithin();

  it.each([
    '',
    'one line\n',
    'no newline at the end',
    '\n',
    'a\n\nb\n\n',
    'tab\t and " and | and = and \\ and #\n',
    '= absent not really\n',
    '\ufeffÄ € \u{1f600} \u202e\n',
    'a\r\nb\r',
    'NUL \0 here',
  ])('reads %j as it is', async (text) => {
    const path = join(ownFolder(), 'file');
    writeFileSync(path, text);
    expect(await ask('read', { path })).toBe(text);
  });

  it('reads what the kernel makes up, whatever size it gives', async () => {
    const path = '/proc/sys/kernel/ostype';
    expect(await ask('read', { path })).toBe(readFileSync(path, 'utf8'));
  });

  it('reads bytes that are no text, each as a replacement character', async () => {
    const path = join(ownFolder(), 'file');
    writeFileSync(path, Buffer.from([0x61, 0xff, 0xc3, 0x28, 0x0a]));
    expect(await ask('read', { path })).toBe('a\ufffd\ufffd(\n');
  });

  it('reads a file of 4 MiB whole and none that is larger', async () => {
    const path = join(ownFolder(), 'file');
    writeFileSync(path, 'x'.repeat(4 * 1024 * 1024 - 1) + '\n');
    expect(await ask('read', { path })).toHaveLength(4 * 1024 * 1024);
    truncateSync(path, 10_000_000);
    expect(await ask('read', { path })).toMatchObject({ kind: 'failed', reason: 'larger than 4 MiB' });
  });

  it('says of what is not there that it is not there', async () => {
    const path = join(ownFolder(), 'nothing');
    expect([await ask('read', { path }), await ask('stat', { path }), await ask('list', { path }), await ask('statfs', { path })]).toEqual([
      gone,
      gone,
      gone,
      gone,
    ]);
  });

  it('says of what lies under a file that it is not there', async () => {
    const folder = ownFolder();
    writeFileSync(join(folder, 'file'), '');
    const path = join(folder, 'file', 'below');
    expect([await ask('read', { path }), await ask('stat', { path })]).toEqual([gone, gone]);
  });

  it('does not read a folder', async () => {
    expect(await ask('read', { path: ownFolder() })).toMatchObject({ kind: 'failed', reason: 'a folder, not a file' });
  });

  it('lists names in order, hidden ones and ones with newlines too', async () => {
    const folder = ownFolder();
    const names = ['.hidden', '-rf', 'a b', 'line\nbreak', 'quote"s', 'Ünï'];
    for (const name of names) writeFileSync(join(folder, name), '');
    expect(await ask('list', { path: folder })).toEqual([...names].sort());
  });

  it('lists an empty folder as empty', async () => {
    expect(await ask('list', { path: ownFolder() })).toEqual([]);
  });

  it('tells a file by its facts, through a link', async () => {
    const folder = ownFolder();
    writeFileSync(join(folder, 'file'), 'twelve bytes', { mode: 0o640 });
    symlinkSync('file', join(folder, 'link'));
    const facts = await ask('stat', { path: join(folder, 'link') });
    expect(facts).toMatchObject({ mode: '640', uid: process.getuid?.(), size_bytes: 12 });
    expect(Math.abs((facts as FileFacts).modified_s - Date.now() / 1000)).toBeLessThan(60);
  });

  it('says of a link that leads nowhere that nothing is there, and of one that leads to itself that it is broken', async () => {
    const folder = ownFolder();
    symlinkSync('nowhere', join(folder, 'loose'));
    symlinkSync('round', join(folder, 'round'));
    expect(await ask('read', { path: join(folder, 'loose') })).toEqual(gone);
    expect(await ask('read', { path: join(folder, 'round') })).toMatchObject({ kind: 'failed', reason: 'too many symbolic links' });
  });

  it('tells a file system by its figures', async () => {
    const path = ownFolder();
    const { bsize, blocks, files } = statfsSync(path);
    expect(await ask('statfs', { path })).toMatchObject({ total_bytes: blocks * bsize, inodes: files });
  });
});

describe.each(WAYS)('what may not be asked, on $way', ({ hostWithin }) => {
  const { ask } = hostWithin();

  it('is denied, and never looks like something missing', async () => {
    const folder = ownFolder();
    const file = join(folder, 'file');
    const closed = join(folder, 'closed');
    writeFileSync(file, 'secret', { mode: 0o000 });
    mkdirSync(closed, { mode: 0o000 });
    onTestFinished(() => chmodSync(closed, 0o700));
    const answers = await withoutRights(() =>
      Promise.all([
        ask('read', { path: file }),
        ask('list', { path: closed }),
        ask('stat', { path: join(closed, 'below') }),
        ask('readEach', { pattern: `${closed}/*` }),
        ask('readEach', { pattern: `${folder}/*` }),
      ]),
    );
    expect(answers).toEqual([refused, refused, refused, refused, refused]);
  });
});

describe.each(WAYS)('what is no file, on $way', ({ hostWithin }) => {
  const { ask } = hostWithin();

  it('a pipe without another end is not waited for', async () => {
    const path = join(ownFolder(), 'pipe');
    expect(spawnSync('mkfifo', [path]).status).toBe(0);
    expect(await ask('read', { path })).toMatchObject({ kind: 'failed', reason: 'not a regular file' });
  });

  it.each(['/dev/zero', '/dev/full', '/dev/tty', '/dev/null'])('the device %s is not opened', async (path) => {
    expect(await ask('read', { path })).toMatchObject({ kind: 'failed', reason: 'not a regular file' });
  });

  it('a socket is not opened', async () => {
    const path = join(ownFolder(), 'socket');
    await listening(createServer(), path);
    expect(await ask('read', { path })).toMatchObject({ kind: 'failed', reason: 'not a regular file' });
  });
});

describe.each(WAYS)('files by pattern on $way', ({ hostWithin }) => {
  const { ask } = hostWithin();

  it('gives every file that fits, each with its own text, in order', async () => {
    const folder = ownFolder();
    const texts = {
      'a/x1': 'one\n',
      'a/x2': 'no newline',
      'b/x3': '',
      'b/x4': '\n',
      'b/x\t5': 'tab\tin both\n/a/x1\tposes\n',
      'b/x\n6': 'newline in its name',
    };
    for (const sub of ['a', 'b', 'c']) mkdirSync(join(folder, sub));
    for (const [name, text] of Object.entries({ ...texts, 'a/other': 'no', 'c/y': 'no' })) writeFileSync(join(folder, name), text);
    const found = await ask('readEach', { pattern: `${folder}/*/x*` });
    const wanted = Object.entries(texts).map(([name, text]) => ({ path: join(folder, name), text }));
    expect(found).toEqual(wanted.sort((one, other) => (one.path < other.path ? -1 : 1)));
  });

  it('gives nothing where nothing fits, not even the folder', async () => {
    const folder = ownFolder();
    expect(await ask('readEach', { pattern: `${folder}/*.conf` })).toEqual([]);
    expect(await ask('readEach', { pattern: `${folder}/nothing/*.conf` })).toEqual([]);
  });

  it('leaves out what is no file', async () => {
    const folder = ownFolder();
    mkdirSync(join(folder, 'x-folder'));
    writeFileSync(join(folder, 'x-file'), 'text\n');
    expect(spawnSync('mkfifo', [join(folder, 'x-pipe')]).status).toBe(0);
    expect(await ask('readEach', { pattern: `${folder}/x*` })).toEqual([{ path: join(folder, 'x-file'), text: 'text\n' }]);
  });

  it('takes only * for any text; all else stands for itself', async () => {
    const folder = ownFolder();
    for (const name of ['a.b', 'axb', '[a]', '(a|b)']) writeFileSync(join(folder, name), '');
    const fitting = async (pattern: string) =>
      ((await ask('readEach', { pattern: `${folder}/${pattern}` })) as { path: string }[]).map(({ path }) => path.slice(folder.length + 1));
    expect(await fitting('a.b*')).toEqual(['a.b']);
    expect(await fitting('[a]*')).toEqual(['[a]']);
    expect(await fitting('(a|b)*')).toEqual(['(a|b)']);
  });

  it('finds this process among all processes', async () => {
    const found = (await ask('readEach', { pattern: '/proc/*/comm' })) as { path: string; text: string }[];
    expect(found).toContainEqual({ path: `/proc/${process.pid}/comm`, text: readFileSync('/proc/self/comm', 'utf8') });
  });
});
