import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERSION } from '../../src/core/version.gen.ts';
import { ask } from '../fleet/ask.ts';
import { nodeOf, type Sshd } from '../fleet/sshd.ts';
import { buildWard, changes, DIST, install, MISSING, said, startHost, WHY } from './host.ts';

describe.skipIf(MISSING.length > 0)(`an install over ssh${WHY}`, () => {
  let host: Sshd;
  let before: string[];
  beforeAll(async () => {
    buildWard();
    host = await startHost();
    before = await changes(host);
  });
  afterAll(() => host.stop());

  it('only says what it would do when it is told to change nothing', async () => {
    const would = await install(host, { dry: true });
    expect(would).toMatchObject({ kind: 'done', steps: { length: 8 } });
    expect(await changes(host)).toEqual(before);
  });

  it('puts the agent there, and the key can ask it as its user does', async () => {
    expect(await install(host)).toMatchObject({ kind: 'done' });
    const { exit, stdout } = await said(host, 'wardround', 'version');
    expect([exit, stdout]).toEqual([0, `${VERSION}\n`]);
    expect(readFileSync(join(DIST, 'agent.cjs'), 'utf8')).toBe((await said(host, 'root', 'cat /usr/local/lib/wardround/agent.cjs')).stdout);
  });

  it('lets a round read the machine as root through that key, over a kept connection too, and through root as before', async () => {
    const report = { failure: null, via: 'ward', report: { states: { system: 'ok', processes: 'ok' } } };
    expect(await ask(nodeOf(host, { user: 'wardround' }), 20_000)).toMatchObject(report);
    expect(await ask(nodeOf(host, { user: 'wardround' }), 20_000, { keep_s: 5 })).toMatchObject(report);
    expect(await ask(nodeOf(host, { user: 'root' }), 20_000)).toMatchObject(report);
  });

  it('lets a round read it also where another name hides that the key may only ask', async () => {
    await said(host, 'root', '/usr/sbin/useradd -o -u $(id -u wardround) -g wardround -M -d /etc/wardround/login -s /bin/sh -p "*" asker');
    expect(await ask(nodeOf(host, { user: 'asker' }), 20_000)).toMatchObject({ failure: null, via: 'ward' });
    await said(host, 'root', 'sed -i /^asker:/d /etc/passwd /etc/shadow');
  });

  it('has nothing more to do when it is done again', async () => {
    const after = await changes(host);
    expect(await install(host)).toMatchObject({ kind: 'done', steps: { length: 1 } });
    expect(await changes(host)).toEqual(after);
  });
});
