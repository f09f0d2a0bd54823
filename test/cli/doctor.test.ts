import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { PUBLISHED } from '../../scripts/schemas/published.ts';
import { programPath } from '../../src/fleet/ssh/program.ts';
import { environment, home, useWard, ward } from './run-ward.ts';

useWard();

const AGENT = programPath('ssh-agent', environment());

let place = '';
let env: Record<string, string> = {};
beforeEach(() => {
  place = mkdtempSync(join(home, 'doctor-'));
  for (const folder of ['bin', 'run', '.ssh']) mkdirSync(join(place, folder), { mode: 0o700 });
  env = {
    HOME: place,
    XDG_RUNTIME_DIR: join(place, 'run'),
    WARD_STATE_DIR: join(place, 'state'),
    PATH: `${join(place, 'bin')}:${process.env['PATH']}`,
  };
});

type Doctor = ReturnType<typeof PUBLISHED.doctor.parse>;

async function doctor(
  ...words: string[]
): Promise<{ exit: number | null; found: (check: string) => Doctor['checks'][number] | undefined }> {
  const { exit, stdout, stderr } = await ward(['doctor', '--json', ...words], { env, cwd: place });
  expect(stderr).toBe('');
  const value: unknown = JSON.parse(stdout);
  const said = PUBLISHED.doctor.parse(value);
  expect(said).toEqual(value);
  expect(exit).toBe(said.checks.some(({ state }) => state === 'problem') ? 1 : 0);
  return { exit, found: (check) => said.checks.find((each) => each.check === check) };
}

/** A program of that name that prints this. */
function standIn(name: string, prints: string): void {
  writeFileSync(join(place, 'bin', name), `#!/bin/sh\ncat <<'END'\n${prints}\nEND\n`, { mode: 0o755 });
}

function inventory(node: string): string {
  const file = join(place, 'nodes.yaml');
  writeFileSync(file, `environments: {lab: {nodes: {ns1: {address: 192.0.2.1${node}}}}}\n`, { mode: 0o600 });
  return file;
}

/** Does what the doctor says. */
function mend(command: string | undefined): void {
  execFileSync('/bin/sh', ['-c', command ?? 'false'], { cwd: place });
}

describe('ward doctor', () => {
  it('names each thing that ward needs on one page, and what is wrong with how to mend it', async () => {
    standIn('ssh', 'OpenSSH_7.2p2 Ubuntu-4');
    const { exit, stdout } = await ward(['doctor'], { env, cwd: place });
    expect(exit).toBe(1);
    expect(stdout).toMatch(/^1 problem.* on this machine\.\n\nChecks 12 /);
    expect(stdout).toMatch(/^ssh +✗ problem +OpenSSH_7\.2p2 is older than 7\.6, which ward needs\.\n +next +Install the OpenSSH client/m);
    for (const name of ['node', 'key exchange', 'configuration', 'keys', 'ssh agent', 'known hosts', 'clock', 'sudo'])
      expect(stdout).toContain(`\n${name} `);
    expect(stdout).toMatch(/^agent bundle +✓ ok/m);
  });

  it('finds a configuration that is wrong, with its place', async () => {
    writeFileSync(join(place, 'nodes.yaml'), 'environments:\n  lab: {nodes: {ns1: {adress: 192.0.2.1}}}\n');
    expect((await doctor()).found('configuration')).toMatchObject({
      state: 'problem',
      message: expect.stringMatching(/nodes\.yaml:2.*adress/),
    });
  });

  it('finds keys that are not there or open to others, and its cure works', async () => {
    const config = inventory(', identity_file: key');
    const key = join(place, 'key');
    expect((await doctor('--config', config)).found('keys')).toMatchObject({
      state: 'problem',
      message: expect.stringContaining(`${key} is not there`),
    });
    writeFileSync(key, 'no key, but its mode counts');
    chmodSync(key, 0o644);
    const { found } = await doctor('--config', config);
    expect(found('keys')).toMatchObject({ state: 'problem', next: `chmod 600 ${key}` });
    mend(found('keys')?.next);
    expect((await doctor('--config', config)).found('keys')).toMatchObject({ state: 'ok' });
  });

  it('says that no node can be asked while no host key is known', async () => {
    const config = inventory('');
    expect((await doctor('--config', config)).found('known hosts')).toMatchObject({
      state: 'problem',
      next: expect.stringContaining('ward node trust'),
    });
    const line = '192.0.2.1 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJxPbN3lQ0m2mZ0bq3o9v0y1l0m2mZ0bq3o9v0y1l0m2';
    writeFileSync(join(place, '.ssh/known_hosts'), `${line}\n`);
    expect((await doctor('--config', config)).found('known hosts')).toMatchObject({
      state: 'ok',
      message: `1 key in ${place}/.ssh/known_hosts`,
    });
  });

  it('finds folders that others can change or look into, and its cure works', async () => {
    mkdirSync(join(place, 'state'));
    chmodSync(join(place, 'state'), 0o777);
    mkdirSync(join(place, 'run/wardround'));
    chmodSync(join(place, 'run/wardround'), 0o755);
    const { found } = await doctor();
    expect(found('state folder')).toMatchObject({ state: 'problem' });
    expect(found('runtime folder')).toMatchObject({ state: 'warning', message: expect.stringContaining('mode 755') });
    mend(found('state folder')?.next);
    mend(found('runtime folder')?.next);
    const after = await doctor();
    expect([after.found('state folder')?.state, after.found('runtime folder')?.state]).toEqual(['ok', 'ok']);
  });

  it('warns of key exchanges that do not last, and refuses names that ssh does not have', async () => {
    standIn('ssh', 'curve25519-sha256\necdh-sha2-nistp256');
    expect((await doctor()).found('key exchange')).toMatchObject({ state: 'warning' });
    const config = join(place, 'kex.yaml');
    writeFileSync(config, 'ssh: {kex: no-such-exchange}\nenvironments: {lab: {nodes: {ns1: {address: 192.0.2.1}}}}\n', { mode: 0o600 });
    expect((await doctor('--config', config)).found('key exchange')).toMatchObject({ state: 'problem' });
  });

  it.each([
    ['1.9.15p5', 'warning', 'CVE-2025-32463'],
    ['1.8.31', 'warning', 'CVE-2021-3156'],
    ['1.9.17p1', 'ok', ''],
    ['1.9.13p3', 'ok', ''],
  ])('holds sudo %s to be %s', async (version, state, hole) => {
    standIn('sudo', `Sudo version ${version}\nSudoers policy plugin version ${version}`);
    expect((await doctor()).found('sudo')).toMatchObject({ state, message: expect.stringContaining(hole) });
  });

  it('prints nothing that a terminal obeys, whatever a program says', async () => {
    standIn('ssh', 'Evil\x1b]0;gotcha\x07 \u202eclient');
    const { stdout } = await ward(['doctor'], { env, cwd: place });
    expect(stdout).toContain('ssh does not say that it is OpenSSH: Evil');
    expect(stdout).not.toMatch(/[\x1b\x07\u202e]/);
  });

  it.skipIf(AGENT === null)(`asks the agent for its keys${AGENT === null ? ' (skipped: ssh-agent is not installed)' : ''}`, async () => {
    const socket = join(place, 'agent');
    env['SSH_AUTH_SOCK'] = socket;
    expect((await doctor()).found('ssh agent')).toMatchObject({ state: 'warning', message: expect.stringContaining('does not answer') });
    const agent = spawn(AGENT ?? '', ['-D', '-a', socket], { stdio: 'ignore' });
    try {
      await there(socket);
      expect((await doctor('--config', inventory(''))).found('ssh agent')).toMatchObject({ state: 'warning', next: 'ssh-add' });
    } finally {
      agent.kill();
    }
  });
});

/** Fulfilled when the file is there. */
function there(file: string): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(place, look);
    function look(): void {
      if (!existsSync(file)) return;
      watcher.close();
      resolve();
    }
    look();
  });
}
