import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { goProgram } from './go.ts';
import { CACHE } from './places.ts';
import { run, say } from './run.ts';

const VERSION = 'v1.15.0';

/** Plugin and package, in the order in which a query meets them. CoreDNS's own plugin.cfg provides for building with fewer: seconds in place of minutes. */
const PLUGINS = ['health:health', 'ready:ready', 'prometheus:metrics', 'errors:errors', 'log:log', 'file:file'];

/** The real CoreDNS, built once from the Go module proxy. */
export function coredns(): string {
  const binary = join(CACHE, `coredns-${VERSION}`);
  if (existsSync(binary)) return binary;
  const go = goProgram();
  say(`building CoreDNS ${VERSION}, once`);
  const { Dir: source } = JSON.parse(run([go, 'mod', 'download', '-json', `github.com/coredns/coredns@${VERSION}`], { limit_s: 300 })) as {
    Dir: string;
  };
  const work = mkdtempSync(join(tmpdir(), 'lab-coredns-'));
  try {
    cpSync(source, work, { recursive: true });
    run(['chmod', '-R', 'u+w', work]);
    writeFileSync(join(work, 'plugin.cfg'), `${PLUGINS.join('\n')}\n`);
    run([go, 'run', 'directives_generate.go'], { cwd: work, limit_s: 300 });
    run(['nice', go, 'build', '-trimpath', '-o', 'coredns', '.'], { cwd: work, limit_s: 1200 });
    mkdirSync(CACHE, { recursive: true });
    cpSync(join(work, 'coredns'), `${binary}.half`);
    renameSync(`${binary}.half`, binary);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return binary;
}
