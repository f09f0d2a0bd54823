import { mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { readNodeFile } from '../../agent/node-file.ts';
import { collectAll, type Collector } from '../../core/collect.ts';
import { EXIT, type Exit, Refusal } from '../../core/refusal.ts';
import { VERSION } from '../../core/version.gen.ts';
import { localHost } from '../../hosts/local.ts';
import { recorder } from '../../hosts/recorder.ts';
import { COLLECTORS } from '../../subsystems/collectors.gen.ts';
import type { Io } from '../io.ts';
import { oneOf } from '../options.ts';

/** Nothing of a machine takes longer. */
const WITHIN_MS = 10_000;

/** Runs one collector on this machine and writes what it asked and what came back as a transcript that replays it. */
export async function nodeRecord(io: Io, subsystem: string, options: { case: string; to: string }): Promise<Exit> {
  const name = oneOf('node record', Object.keys(COLLECTORS))(subsystem);
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(options.case))
    throw new Refusal(EXIT.usage, '--case takes small letters, digits and -', { next: `ward node record ${name} --case my-machine` });
  const { host, text } = recorder(localHost(WITHIN_MS));
  const { profile } = readNodeFile();
  const collector = COLLECTORS[name] as Collector;
  const { errors, states } = await collectAll({ [name]: collector }, host, profile, null);
  const path = join(options.to, options.case, `${fileName(hostname())}.txt`);
  written(path, text(`${name}, ward ${VERSION}, profile ${profile.name}, recorded ${new Date().toISOString().slice(0, 10)}`));
  await io.print(`${path}\n`);
  io.say(
    `ward: ${name} is ${states[name] ?? 'unknown'} here${errors.length === 0 ? '' : `, ${errors.length} not read`}; read the file before you share it, for only what looks like a secret is taken out\n`,
  );
  return EXIT.fine;
}

/** A host's name as a file's: whatever it holds, it stays in its folder. */
function fileName(host: string): string {
  return host.replace(/[^\w-]+/g, '-').replace(/^-+/, '') || 'node';
}

function written(path: string, text: string): void {
  try {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST')
      throw new Refusal(EXIT.usage, 'this case is there already', { where: path, next: 'Choose another --case, or remove it first.' });
    throw new Refusal(EXIT.storage, `the case could not be written: ${message}`, { where: path });
  }
}
