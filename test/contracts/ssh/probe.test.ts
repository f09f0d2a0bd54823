import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ONLY } from '../../../src/agent/forced-command.ts';
import { PROBE_KINDS, type ProbeKind } from '../../../src/core/probe.ts';
import { probe } from '../../../src/fleet/probe.ts';
import { inventoryOf } from '../../fleet/ask.ts';
import { frameHead } from '../../fleet/framed-ward.ts';
import { nodeOf, SSHD, type Sshd, startSshd, WITHOUT_SSHD } from '../../fleet/sshd.ts';

const AGENT = new URL('../../../src/agent/main.ts', import.meta.url).pathname;

/** An sshd whose key may say nothing but this line. */
const forced = (line: string) => startSshd({ keyOptions: `restrict,command="${line}"` });

const ANSWER = { probe: 'tcp', target: '127.0.0.1:9094', timestamp: '', version: '', results: [], reason: '' };

describe.skipIf(SSHD === null)(`a probe over ssh${WITHOUT_SSHD}`, () => {
  let sshd: Sshd;
  const runtime = mkdtempSync('/tmp/ward-run-');
  const before = process.env['XDG_RUNTIME_DIR'];
  beforeAll(async () => {
    process.env['XDG_RUNTIME_DIR'] = runtime;
    sshd = await forced(`${process.execPath} ${AGENT} ssh`);
  });
  afterAll(async () => {
    await sshd.stop();
    if (before === undefined) delete process.env['XDG_RUNTIME_DIR'];
    else process.env['XDG_RUNTIME_DIR'] = before;
    rmSync(runtime, { recursive: true, force: true });
  });

  const asked = (kind: ProbeKind, target: string, on = sshd, keep_s = 0) =>
    probe(nodeOf(on), kind, target, { inventory: inventoryOf([nodeOf(on)], { keep_s }), timeout_ms: 15_000 });
  const logins = () => sshd.log().split('Accepted publickey').length - 1;

  it('is answered by an agent whose key may say nothing else, over one kept connection', async () => {
    expect(await asked('tcp', '127.0.0.1:9094', sshd, 5)).toMatchObject({
      kind: 'answer',
      answer: { probe: 'tcp', target: '127.0.0.1:9094', reason: '', results: [{ subject: '127.0.0.1:9094', by: 'tcp' }] },
    });
    const at = logins();
    for (const target of ['127.0.0.1:9051', '127.0.0.1:9050'])
      expect(await asked('tcp', target, sshd, 5)).toMatchObject({ kind: 'answer' });
    expect(logins()).toBe(at);
  });

  it.each([
    ['tcp', '127.0.0.1:22', /^127\.0\.0\.1:22 is named neither by the node's own file/],
    ['tls', '198.51.100.1:443', /^198\.51\.100\.1:443 is named neither/],
    ['dns', '127.0.0.1:53/attacker.example', /^attacker\.example is neither a zone/],
  ] as const)('is refused for %s %s, with the reason', async (kind, target, sentence) => {
    expect(await asked(kind, target)).toEqual({ kind: 'refused', message: expect.stringMatching(sentence) as string });
  });

  it.each(PROBE_KINDS)('of the kind %s never leaves with a target that is none', async (kind) => {
    const at = logins();
    expect(await asked(kind, '$(id) x')).toMatchObject({ kind: 'refused', message: expect.stringMatching(/^the target of/) as string });
    expect(logins()).toBe(at);
  });

  it('says that an agent is older which knows none', async () => {
    const older = await forced('echo ward: there is no probe tcp 127.0.0.1:9094 >&2; exit 2');
    expect(await asked('tcp', '127.0.0.1:9094', older)).toEqual({
      kind: 'unknown',
      message: 'its agent is older than this ward and knows no probes; next: ward node upgrade n1',
    });
    await older.stop();
  });

  it.each([
    ['another target', { ...ANSWER, target: '127.0.0.1:9050' }],
    ['a result that is none', { ...ANSWER, results: [{ subject: 'x' }] }],
    ['a list', []],
  ])('takes %s for no answer, however whole its frame is', async (_, answer) => {
    const text = JSON.stringify(answer);
    const program = join(runtime, 'answers');
    const lines = [
      '#!/bin/sh',
      `case "$SSH_ORIGINAL_COMMAND" in probe*) ;; *) echo "ward: ${ONLY}" >&2; exit 6;; esac`,
      'set -- $SSH_ORIGINAL_COMMAND',
      `echo "WARDROUND $5 ${frameHead(text)}"; cat ${program}.json; echo; echo "WARDROUND $5 end"`,
    ];
    writeFileSync(program, lines.join('\n'), { mode: 0o755 });
    writeFileSync(`${program}.json`, text);
    const wrong = await forced(program);
    expect(await asked('tcp', ANSWER.target, wrong)).toMatchObject({ kind: 'failed', failure: { cause: 'not-a-report' } });
    await wrong.stop();
  });
});
