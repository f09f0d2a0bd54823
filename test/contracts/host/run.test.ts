import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { WAYS } from './ways.ts';

/** Word by word, the processes whose command line holds this text. */
function running(mark: string): string[] {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid && commandLine(pid).includes(mark));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** Never the same twice, so that no test sees another's processes. */
let marks = 0;
const markedSeconds = () => `86399.${process.pid}${(marks += 1)}`;

describe.each(WAYS)('programs on $way', ({ hostWithin }) => {
  const { ask } = hostWithin();
  const sh = (script: string, ...words: string[]) => ask('run', { program: 'sh', words: ['-c', script, 'sh', ...words] });

  it.each([
    ['echo out; echo err >&2', { exit: 0, stdout: 'out\n', stderr: 'err\n' }],
    ['exit 3', { exit: 3, stdout: '', stderr: '' }],
    ['true', { exit: 0, stdout: '', stderr: '' }],
    ['printf "no newline"; printf "nor here" >&2; exit 1', { exit: 1, stdout: 'no newline', stderr: 'nor here' }],
    [
      'printf "= 7\\n| bar\\n! bang\\n# comment\\n\\n@ fact\\n"',
      { exit: 0, stdout: '= 7\n| bar\n! bang\n# comment\n\n@ fact\n', stderr: '' },
    ],
  ])('gives the exit code and both outputs of %j', async (script, answer) => {
    expect(await sh(script)).toEqual(answer);
  });

  it('gives each word as it is, with no shell between', async () => {
    const words = ['', 'a b', '$(reboot)', '`id`', '; rm -rf /', '*', '-rf', '"', "'", '\\', '\n', 'é\u{1f600}'];
    const { stdout } = (await sh('for word; do printf "%s\\037" "$word"; done', ...words)) as { stdout: string };
    expect(stdout.split('\x1f').slice(0, -1)).toEqual(words);
  });

  it('bad input 48: hands on no surroundings of our own: not a variable, not a folder, not an open file', async () => {
    process.env['WARD_TEST_SECRET'] = 'x';
    const { stdout } = (await sh('env; pwd; readlink /proc/self/fd/* | grep -v ^pipe: | sort -u')) as { stdout: string };
    const [lines, secret] = [stdout.split('\n').filter((line) => !/^(SHLVL|_|OLDPWD|PWD)=/.test(line)), /SECRET|HOME|USER/.test(stdout)];
    expect(secret).toBe(false);
    expect(lines.slice(0, 3).sort()).toEqual(['/', 'LC_ALL=C', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin'].sort());
    expect(lines.filter((line) => line.startsWith('/') && !/^\/(dev\/null|proc\/\d+\/fd)?$/.test(line))).toEqual([]);
  });

  it('reads nothing of our own input', async () => {
    expect(await ask('run', { program: 'cat', words: [] })).toEqual({ exit: 0, stdout: '', stderr: '' });
  });

  it.each(['ward-has-no-such-program', '../bin/sh', '/bin/sh', 'sh\0', '', '.', 'a b'])(
    'says of the program %j that it is not installed',
    async (program) => {
      expect(await ask('run', { program, words: [] })).toMatchObject({ kind: 'absent', reason: `${program} is not installed` });
    },
  );

  it('does not start a program with a word that it could not get', async () => {
    expect(await sh('true', 'a\0b')).toMatchObject({ kind: 'failed', asked: false, reason: 'a word for a program cannot hold a NUL' });
  });

  it('says what ended a program that did not end by itself', async () => {
    expect(await sh('kill -TERM $$')).toMatchObject({ kind: 'failed', reason: 'ended by SIGTERM' });
  });

  it('stops a program that prints without end', async () => {
    const mark = `y-${markedSeconds()}`;
    expect(await ask('run', { program: 'yes', words: [mark] })).toMatchObject({ kind: 'failed', reason: 'more than 8 MiB of output' });
    await expect.poll(() => running(mark)).toEqual([]);
  });

  it('ends the whole family of a program when its time is over, those too that hold its output', async () => {
    const mark = markedSeconds();
    const begun_ms = performance.now();
    const answer = await hostWithin(400).ask('run', {
      program: 'sh',
      words: ['-c', `(sleep ${mark} & sleep ${mark}) & trap "" TERM; sleep ${mark}`],
    });
    expect(answer).toMatchObject({ kind: 'timeout', reason: 'not done within 0.4 s' });
    expect(performance.now() - begun_ms).toBeLessThan(2_000);
    await expect.poll(() => running(mark)).toEqual([]);
  });

  it('says that its time was over also where that is no round part of a second', async () => {
    const mark = markedSeconds();
    const answer = await hostWithin(340).ask('run', { program: 'sleep', words: [mark] });
    expect(answer).toMatchObject({ kind: 'timeout', reason: 'not done within 0.3 s' });
    await expect.poll(() => running(mark)).toEqual([]);
  });

  it('does not wait for what a program left behind in its group, and ends that', async () => {
    const mark = markedSeconds();
    expect(await sh(`sleep ${mark} & echo done`)).toEqual({ exit: 0, stdout: 'done\n', stderr: '' });
    await expect.poll(() => running(mark)).toEqual([]);
  });
});
