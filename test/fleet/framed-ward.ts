import { writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { putProgram, type Sshd } from './sshd.ts';

/** A report of about 20 KB, as nodes send it, that costs the node next to nothing to make. */
export function payload(bytes = 20_000): string {
  const report = {
    schema_version: 1,
    timestamp: new Date().toISOString(),
    hostname: 'h',
    version: '0.1.0',
    profile: 'default',
    expected: [],
    collect_ms: 1,
    errors: [],
    states: {},
    unknown: [],
  };
  return JSON.stringify({ ...report, filler: Array.from({ length: Math.ceil(bytes / 43) }, () => 'x'.repeat(40)) });
}

/** The line before a payload, for a nonce that a shell puts in. */
export function frameHead(text: string, exit = 0): string {
  return `${Buffer.byteLength(text)} ${createHash('sha256').update(text).digest('hex')} ${exit}`;
}

/** Puts a `ward` there that sends this payload in a right frame; `before` and `after` are lines of shell, in which $5 is the nonce. */
export function putFramedWard(sshd: Sshd, { text = payload(), before = '', after = '', head = frameHead(text) } = {}): void {
  const file = join(sshd.folder, 'payload');
  writeFileSync(file, text);
  putProgram(
    sshd,
    'ward',
    `#!/bin/sh\n${before}\necho; echo "WARDROUND $5 ${head}"; cat ${file}; echo; echo "WARDROUND $5 end"\n${after}\n`,
  );
  if (process.getuid?.() !== 0) putProgram(sshd, 'sudo', '#!/bin/sh\nshift\nexec "$@"\n');
}

/** Puts a `ward` there of these lines of shell, in which $5 is the nonce. */
export function putShellWard(sshd: Sshd, lines: string): void {
  putProgram(sshd, 'ward', `#!/bin/sh\n${lines}\n`);
  if (process.getuid?.() !== 0) putProgram(sshd, 'sudo', '#!/bin/sh\nshift\nexec "$@"\n');
}
