import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERSION } from '../../src/core/version.gen.ts';
import type { Sshd } from '../fleet/sshd.ts';
import { openSession } from '../../src/fleet/install/admin.ts';
import { adminOf, buildWard, changes, install, MISSING, rootOf, said, sessionsOf, startHost, WHY } from './host.ts';

const OLD = '0.0.9';
const FOLDER = '/usr/local/lib/wardround';

/** An older agent in its other form, as an install of then would have left it: so every step that there is has to be done. */
const BEFORE = [
  `rm -rf ${FOLDER}/agent*; printf "#!/bin/sh\\nexec /usr/bin/node /usr/local/lib/old.cjs ssh\\n" >${FOLDER}/agent; chmod 755 ${FOLDER}/agent`,
  `sed -i "s,/usr/bin/node ${FOLDER}/agent.cjs,${FOLDER}/agent," /etc/sudoers.d/wardround /etc/wardround/login/.ssh/authorized_keys`,
].join('; ');

/** What is cut: the connection alone, so that what runs on it may go on for a while, or all of it at once, as by a power cut. */
type Cut = 'connection' | 'all';

describe.skipIf(MISSING.length > 0)(`an install that is cut off${WHY}`, () => {
  let host: Sshd;
  let cuts = 0;
  beforeAll(async () => {
    buildWard();
    host = await startHost();
    expect(await install(host)).toMatchObject({ kind: 'done' });
    await said(host, 'root', `sed "s/${VERSION.replaceAll('.', '[.]')}/${OLD}/g" ${FOLDER}/agent.cjs >/usr/local/lib/old.cjs`);
  });
  afterAll(() => host.stop());

  const version = async () => (await said(host, 'wardround', 'version')).stdout.trim();

  it.each(Array.from({ length: 10 }, (_, at) => ({ step: at, cut: (at % 2 === 0 ? 'connection' : 'all') as Cut })))(
    'leaves the old agent or the new one answering: step $step, cut: $cut',
    async ({ step, cut }) => {
      await said(host, 'root', BEFORE);
      expect(await version()).toBe(OLD);
      let at = 0;
      let cutting = Promise.resolve();
      const result = await install(host, {
        onStep: () => {
          // The tenth cut is in the sending, as soon as the new file is begun.
          if (at === (step === 9 ? 1 : step)) cutting = cutOff(host, cut, step === 9);
          at += 1;
        },
      });
      await cutting;
      expect([OLD, VERSION]).toContain(await version());
      if (result.kind === 'failed') {
        cuts += 1;
        expect(result.message).toMatch(/connection|broke off|closed/);
      }
      expect(await install(host)).toMatchObject({ kind: 'done' });
      expect(await version()).toBe(VERSION);
    },
    60_000,
  );

  it('puts nothing in place of which only a part arrived', async () => {
    await said(host, 'root', BEFORE);
    const plan = await install(host, { dry: true });
    const files = plan.steps.filter(({ shown }) => shown !== undefined);
    expect(files.map(({ says }) => says)).toEqual([
      expect.stringContaining('rule for sudo'),
      expect.stringContaining('its keys'),
      expect.stringContaining('rule for sudo'),
    ]);
    const session = await openSession(adminOf(host));
    if (typeof session === 'string') throw new Error(session);
    const before = await changes(host);
    for (const { script, input = Buffer.alloc(0) } of files) {
      for (const part of [0, 1, Math.round(input.length / 2), input.length - 1]) {
        const done = await session.run(script, { ms: 15_000, input: input.subarray(0, part) });
        expect(done).toMatchObject({ broken: null, stderr: expect.stringContaining('only a part of it arrived') });
        expect(await version()).toBe(OLD);
      }
    }
    expect(await changes(host)).toEqual(before);
    await session.close();
  });

  it('was truly cut off, most times', () => {
    expect(cuts).toBeGreaterThan(5);
  });
});

/** Waits until the step's own shell runs, or its file is there, and ends what is to be ended. */
async function cutOff(host: Sshd, cut: Cut, begun: boolean): Promise<void> {
  const there = () =>
    begun ? readdirSync(join(rootOf(host), FOLDER)).some((name) => name.includes('.new-')) : sessionsOf(host).all.some(isStep);
  const end = performance.now() + 10_000;
  while (!there() && performance.now() < end) await nextTurn();
  const { connections, all } = sessionsOf(host);
  for (const pid of cut === 'all' ? all : connections) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has just ended.
    }
  }
}

function isStep(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('ward-end');
  } catch {
    return false;
  }
}
