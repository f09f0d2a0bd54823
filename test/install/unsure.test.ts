import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { outcomeOf } from '../../src/cli/node/outcomes.ts';
import { VERSION } from '../../src/core/version.gen.ts';
import { uninstallNode } from '../../src/fleet/install/uninstall-node.ts';
import type { Sshd } from '../fleet/sshd.ts';
import { folderForTests } from '../agent/bundle.ts';
import { adminOf, buildWard, install, MISSING, said, startHost, WHY } from './host.ts';

/** First on the path of whoever installs; it does what it is asked to, and then the connection over which it was asked dies. */
const LAST_DEED = (program: string) =>
  [
    '#!/bin/sh',
    `/usr/bin/${program} "$@"`,
    'p=$$',
    'until read -r name < /proc/$p/comm; [ "$name" = sshd ]; do while read -r key value; do [ "$key" = PPid: ] && p=$value && break; done < /proc/$p/status; done',
    'kill -9 $p',
    '',
  ].join('\n');

const PLACE = '/usr/local/sbin';

describe.skipIf(MISSING.length > 0)(`a connection that dies after something began${WHY}`, () => {
  const folder = folderForTests();
  let host: Sshd | null = null;
  beforeAll(buildWard);
  afterEach(async () => {
    await host?.stop();
    host = null;
  });

  /** A host on which this program is the last that its connection lives to see. */
  const hostWith = async (program: string) => {
    writeFileSync(join(folder, program), LAST_DEED(program), { mode: 0o755 });
    const sshd = await startHost({ lines: [`cp ${join(folder, program)} ${PLACE}/`] });
    host = sshd;
    return { host: sshd, mend: () => said(sshd, 'root', `rm ${PLACE}/${program}`) };
  };
  const stepsLeft = async (sshd: Sshd) => (await install(sshd, { dry: true })).steps.map(({ says }) => says).join('\n');

  it('bad input 33: leaves it unknown whether that was done, in an install too whose first step it was', async () => {
    const { host: sshd, mend } = await hostWith('mkdir');
    const result = await install(sshd);
    expect(result).toMatchObject({ kind: 'failed', unsure: true, steps: [] });
    expect(outcomeOf('ns1', result, { dry: false, kept: '' })).toMatchObject({
      state: 'unsure',
      text: expect.stringMatching(/^make .*: the connection broke off.* Whether that was done is not known;/) as string,
    });
    await mend();
    expect(await install(sshd)).toMatchObject({ kind: 'done' });
  });

  it('bad input 33: is looked at before anything is done again: what was done is not done twice', async () => {
    const { host: sshd, mend } = await hostWith('mv');
    expect(await stepsLeft(sshd)).toContain('put it in place');
    expect(await install(sshd)).toMatchObject({ kind: 'failed', unsure: true, step: expect.stringContaining('put it in place') as string });
    await mend();
    expect(await stepsLeft(sshd)).not.toContain('put it in place');
    expect(await install(sshd)).toMatchObject({ kind: 'done' });
    expect((await said(sshd, 'wardround', 'version')).stdout).toBe(`${VERSION}\n`);
  });

  it('bad input 33: leaves a removal unknown, and the same command finishes it', async () => {
    const { host: sshd, mend } = await hostWith('rmdir');
    await said(sshd, 'root', `mv ${PLACE}/rmdir ${PLACE}/away`);
    expect(await install(sshd)).toMatchObject({ kind: 'done' });
    await said(sshd, 'root', `mv ${PLACE}/away ${PLACE}/rmdir`);
    expect(await uninstallNode(adminOf(sshd), { dry: false })).toMatchObject({ kind: 'failed', unsure: true, steps: { length: 5 } });
    await mend();
    expect(await uninstallNode(adminOf(sshd), { dry: false })).toMatchObject({ kind: 'done' });
  });
});
