import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectAll } from '../../../src/core/collect.ts';
import { PROFILES, type ProfileName } from '../../../src/core/profile.ts';
import { transcript } from '../../../src/hosts/transcript.ts';
import { COLLECTORS } from '../../../src/subsystems/collectors.gen.ts';

/** Prints the sections of every recorded machine under a folder, by the agent's own collectors; bundled and run by several Node.js. */
async function replay(folder: string): Promise<void> {
  for (const [name, collector] of Object.entries(COLLECTORS)) {
    const cases = join(folder, name, 'cases');
    const files = (readdirSync(cases, { recursive: true }) as string[]).filter(
      (file) => file.endsWith('.txt') && !file.endsWith('expected.txt'),
    );
    for (const file of files.sort()) {
      const { host, facts } = transcript(readFileSync(join(cases, file), 'utf8'));
      const profile = PROFILES[(facts['profile'] ?? 'default') as ProfileName];
      const collected = await collectAll({ [name]: collector }, host, profile, null);
      process.stdout.write(`${name}/${file} ${JSON.stringify(collected)}\n`);
    }
  }
}

await replay(process.argv[2] ?? '');
