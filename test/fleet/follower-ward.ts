import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ONLY } from '../../src/agent/forced-command.ts';
import { frameHead, payload } from './framed-ward.ts';

/** A program that stands for an agent behind a forced command, and costs the node next to nothing. */
export interface StandIn {
  folder: string;
  /** For authorized_keys. */
  keyOptions: string;
  /** Changes what it says to whoever has a report already; `whole` what it says to whoever has none. */
  says(texts: Readonly<Record<string, string>>): void;
  /** Lines of shell before it follows. */
  before(lines: string): void;
  remove(): void;
}

/** A whole answer of a follower. */
export function wholeAnswer(report: string, seq = 1): string {
  return `{"seq":${seq},"digest":"${createHash('sha256').update(report).digest('hex')}","report":${report}}`;
}

/** Its first word is a whole report of 20 KB, and so is each further one until it is told otherwise. */
export function standIn(): StandIn {
  const folder = mkdtempSync('/tmp/ward-standin-');
  mkdirSync(join(folder, 'bin'));
  const program = join(folder, 'bin/agent');
  const put = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, `${name}.head`), `${frameHead(text)}\n`);
  };
  const lines = [
    '#!/bin/sh',
    `say() { read -r head < ${folder}/$2.head; echo; echo "WARDROUND $1 $head"; cat ${folder}/$2; echo; echo "WARDROUND $1 end"; }`,
    'set -- $SSH_ORIGINAL_COMMAND',
    'case "$1" in',
    `report) say "$3" report; exit;;`,
    'follow) ;;',
    `*) echo "ward: ${ONLY}" >&2; exit 6;;`,
    'esac',
    `. ${folder}/before`,
    `while read -r word nonce base; do if [ "$base" = - ]; then say "$nonce" whole; else say "$nonce" next; fi; done`,
    '',
  ];
  writeFileSync(program, lines.join('\n'), { mode: 0o755 });
  const report = payload();
  const says: StandIn['says'] = (texts) => {
    for (const [name, text] of Object.entries(texts)) put(name, text);
  };
  const before: StandIn['before'] = (text) => writeFileSync(join(folder, 'before'), text);
  says({ report, whole: wholeAnswer(report), next: wholeAnswer(report, 2) });
  before('');
  return {
    folder,
    keyOptions: `restrict,command="${program}"`,
    says,
    before,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
