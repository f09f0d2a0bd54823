import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scanHostKeys, trustHosts } from '../../src/fleet/trust.ts';
import { ask, inventoryOf } from './ask.ts';
import { putFramedWard } from './framed-ward.ts';
import { nodeOf, SSHD, type Sshd, startSshd, WITHOUT_SSHD } from './sshd.ts';

describe.skipIf(SSHD === null)(`trusting host keys${WITHOUT_SSHD}`, () => {
  let sshd: Sshd;
  const state = mkdtempSync('/tmp/ward-state-');
  const file = join(state, 'known_hosts');
  beforeAll(async () => {
    process.env['WARD_STATE_DIR'] = state;
    sshd = await startSshd();
    putFramedWard(sshd);
  });
  afterAll(async () => {
    delete process.env['WARD_STATE_DIR'];
    rmSync(state, { recursive: true, force: true });
    await sshd.stop();
  });
  const scan = async () => {
    const node = nodeOf(sshd, { known_hosts: null });
    return scanHostKeys(inventoryOf([node]), [node], 5_000);
  };

  it('shows the fingerprint that the machine itself has, writes only when told, and then the node answers', async () => {
    const print = execFileSync('ssh-keygen', ['-lf', `${sshd.hostKey}.pub`], { encoding: 'utf8' }).split(' ')[1];
    const before = sshd.log();
    const scanned = await scan();
    expect(scanned).toMatchObject([
      { node: 'n1', standing: 'new', key: { type: 'ssh-ed25519', fingerprint: print }, file, elsewhere: null },
    ]);
    expect(sshd.log().slice(before.length)).not.toMatch(/Accepted|Failed (publickey|password)/);
    expect((await ask(nodeOf(sshd, { known_hosts: null }))).failure?.cause).toBe('host-key-unknown');
    trustHosts(scanned);
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    expect(await ask(nodeOf(sshd, { known_hosts: null }))).toMatchObject({ failure: null });
    expect(await scan()).toMatchObject([{ standing: 'known' }]);
  });

  it('puts a changed key in the place of the old one, and leaves other hosts alone', async () => {
    const other = `other.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPVqpKz1TtFJ9hN0X3mJ7o0c5b1WZQyqz0p6Qm0f0J5C`;
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(state, 'old')]);
    const old = readFileSync(join(state, 'old.pub'), 'utf8').split(' ')[1];
    writeFileSync(file, `# mine\n${other}\n[127.0.0.1]:${sshd.port} ssh-ed25519 ${old}\n`);
    expect((await ask(nodeOf(sshd, { known_hosts: null }))).failure?.cause).toBe('host-key-changed');
    const scanned = await scan();
    expect(scanned).toMatchObject([{ standing: 'changed', elsewhere: null }]);
    trustHosts(scanned);
    expect(readFileSync(file, 'utf8')).toBe(`# mine\n${other}\n${scanned[0]?.key?.line}\n`);
    expect(await ask(nodeOf(sshd, { known_hosts: null }))).toMatchObject({ failure: null });
  });

  it('says why a node shows no key', async () => {
    const node = nodeOf(sshd, { port: 1 });
    expect(await scanHostKeys(inventoryOf([node]), [node], 5_000)).toMatchObject([
      { key: null, standing: 'unknown', problem: 'connection refused' },
    ]);
  });
});
