import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BINARIES } from '../places.ts';
import { run, say } from '../run.ts';

const PACKAGE = '@anyone-protocol/anyone-client@1.1.3';

/** Where the program lies once it was fetched; the version is the program's own. */
const ANON = join(BINARIES, 'anon-0.4.9.11');

/** The real anon, which comes ready-made in an npm package; it is fetched once, and nothing of the package is run. */
export function fetchedAnon(): string {
  if (existsSync(ANON)) return ANON;
  say('fetching anon, once');
  const work = mkdtempSync(join(tmpdir(), 'lab-anon-'));
  try {
    const file = run(['npm', 'pack', '--silent', PACKAGE], { cwd: work, limit_s: 300 }).trim();
    run(['tar', '-xzf', file, 'package/bin/linux/x64/anon'], { cwd: work });
    mkdirSync(BINARIES, { recursive: true });
    copyFileSync(join(work, 'package/bin/linux/x64/anon'), `${ANON}.half`);
    run(['chmod', '0755', `${ANON}.half`]);
    renameSync(`${ANON}.half`, ANON);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return ANON;
}
