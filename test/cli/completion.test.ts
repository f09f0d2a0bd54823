import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Command, Option } from 'commander';
import { beforeAll, describe, expect, it } from 'vitest';
import { completed } from '../../src/cli/completion/completed.ts';
import { environment, home, useWard, WARD, ward } from './run-ward.ts';

useWard();

const config = join(home, 'completed.yaml');
const INVENTORY = `environments:
  lab:
    nodes:
      ns1: {address: 192.0.2.1, role: nameserver, tags: [east, ssd]}
      ns2: {address: 192.0.2.2, role: nameserver, tags: [west]}
  prod:
    nodes:
      web1: {address: 192.0.2.3, role: web, tags: [east]}
`;

beforeAll(() => {
  writeFileSync(config, INVENTORY);
  writeFileSync(join(home, 'nodes.yaml'), INVENTORY);
  mkdirSync(join(home, 'bin'), { recursive: true });
  if (!existsSync(join(home, 'bin/ward'))) symlinkSync(WARD, join(home, 'bin/ward'));
});

/** The words that ward offers for the last of these. */
async function offered(...words: string[]): Promise<string[]> {
  const { exit, stdout, stderr } = await ward(['complete', '--', ...words]);
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t')[0] ?? '');
}

describe('ward complete', () => {
  it('offers the commands, but not the word that it is itself', async () => {
    const words = await offered('');
    expect(words).toEqual(expect.arrayContaining(['monitor', 'node', 'rules', 'config', 'completion', 'version']));
    expect(words).not.toContain('complete');
    expect(await offered('node', 're')).toEqual(['report', 'record']);
  });

  it('offers views, subsystems, shells and the fixed words of options', async () => {
    expect(await offered('monitor', 'al')).toEqual(['alerts']);
    expect(await offered('node', 'record', 'wire')).toEqual(['wireguard']);
    expect(await offered('completion', '')).toEqual(['bash', 'zsh', 'fish']);
    expect(await offered('monitor', '--fail-on', '')).toEqual(['info', 'warning', 'critical', 'never']);
    expect(await offered('monitor', '-o', 'j')).toEqual(['json']);
    expect(await offered('inspect', '--format', '')).toEqual(['table', 'json', 'markdown', 'junit']);
    expect(await offered('inspect', '--subsystem', 'rqlite,wire')).toEqual(['rqlite,wireguard']);
  });

  it('offers options that are not given yet, and again those that may be given more than once', async () => {
    const words = await offered('monitor', '--json', '--node', 'ns1', '--');
    expect(words).toEqual(expect.arrayContaining(['--node', '--env', '--help']));
    expect(words).not.toContain('--json');
  });

  it('offers environments, nodes, tags and roles of the inventory that the line names', async () => {
    expect(await offered('monitor', '--config', config, '--env', '')).toEqual(['lab', 'prod']);
    expect(await offered('monitor', '--node', '')).toEqual(['ns1', 'ns2', 'web1']);
    expect(await offered('monitor', '--env', 'lab', '--node', '')).toEqual(['ns1', 'ns2']);
    expect(await offered('monitor', 'alerts', '--env=prod', '--tag', '')).toEqual(['east']);
    expect(await offered('monitor', '--role', 'w')).toEqual(['web']);
    expect(await offered('node', 'trust', 'ns1', 'ns')).toEqual(['ns1', 'ns2']);
  });

  it('goes on behind a comma and behind an equals sign, also where the shell parted the word there', async () => {
    expect(await offered('monitor', '--node', 'ns1,')).toEqual(['ns1,ns2', 'ns1,web1']);
    expect(await offered('monitor', '--env=la')).toEqual(['--env=lab']);
    expect(await offered('monitor', '--env', '=', 'la')).toEqual(['lab']);
    expect(await offered('monitor', '--env', '=')).toEqual(['lab', 'prod']);
  });

  it('leaves files to the shell', async () => {
    expect(await offered('config', 'check', '--config', 'x')).toEqual([':files']);
  });

  it('offers no word that a shell would take for more than a word, and explains in plain text of one line', async () => {
    const tree = new Command('ward');
    const option = new Option('--tag <tag>', 'clears\x1b[2J the\nscreen \u202e').choices(['$(reboot)', 'a b', 'x;id', '`id`', 'ssd']);
    tree.command('look').addOption(option);
    const where = { cwd: home, env: {}, home };
    expect(await completed(tree, ['look', '--tag', ''], where)).toEqual([{ word: 'ssd', about: '' }]);
    expect(await completed(tree, ['look', '--t'], where)).toEqual([{ word: '--tag', about: 'clears [2J the screen' }]);
  });

  it('offers nothing where the inventory cannot be read, and says nothing', async () => {
    const broken = join(home, 'broken.yaml');
    writeFileSync(broken, 'environments: [');
    expect(await offered('monitor', '--config', broken, '--env', '')).toEqual([]);
  });
});

/** The installed shell; null where it is not there. */
function shell(name: string): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

const [BASH, ZSH, FISH] = [shell('bash'), shell('zsh'), shell('fish')];
const env = () => environment({ PATH: `${join(home, 'bin')}:${process.execPath.replace(/\/node$/, '')}:${process.env['PATH']}` });

/** What bash would put into the line at its end. */
function inBash(line: string): string[] {
  const program = `source <(ward completion bash)
line=$1; COMP_LINE=$line; COMP_POINT=\${#line}
COMP_WORDS=("\${@:2}"); COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
_ward ward "\${COMP_WORDS[COMP_CWORD]}" ""
printf '%s\\n' "\${COMPREPLY[@]}"`;
  // bash parts a line at its word breaks as here.
  const words = line.split(/ +|(=)/).filter((word, at, all) => word !== undefined && (word !== '' || at === all.length - 1));
  const said = execFileSync(BASH ?? '', ['--norc', '--noprofile', '-c', program, 'bash', line, ...words], {
    env: env(),
    cwd: home,
    encoding: 'utf8',
  });
  return said.split('\n').filter((each) => each !== '');
}

describe('completion', () => {
  it.skipIf(BASH === null)(`works in bash${BASH === null ? ' (skipped: bash is not installed)' : ''}`, () => {
    expect(inBash('ward mon')).toEqual(['monitor']);
    expect(inBash('ward monitor --env la')).toEqual(['lab']);
    expect(inBash('ward monitor --env=la')).toEqual(['lab']);
    expect(inBash('ward monitor --config compl')).toEqual(['completed.yaml']);
  });

  it.skipIf(ZSH === null)(`is taken by zsh as the completion of ward${ZSH === null ? ' (skipped: zsh is not installed)' : ''}`, () => {
    const program = `autoload -Uz compinit && compinit -u -D; source <(ward completion zsh); print -- $_comps[ward]
words=(ward monitor --env la) CURRENT=4
_describe() { print -rl -- $found }
_ward`;
    const { stdout, stderr } = spawnSync(ZSH ?? '', ['-f', '-c', program], { env: env(), cwd: home, encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: '_ward\nlab:2 nodes\n', stderr: '' });
  });

  it.skipIf(FISH === null)(`works in fish${FISH === null ? ' (skipped: fish is not installed)' : ''}`, () => {
    const program = `ward completion fish | source; complete -C 'ward monitor --env la'; complete -C 'ward mon'`;
    const { stdout } = spawnSync(FISH ?? '', ['--no-config', '-c', program], { env: env(), cwd: home, encoding: 'utf8' });
    expect(stdout.split('\n').map((line) => line.split('\t')[0])).toEqual(['lab', 'monitor', '']);
  });
});
