// Makes the agent for hosts without Node.js: the same program as in dist/agent.cjs inside an executable that needs only a C library (glibc 2.17 or newer).
// Runs for whoever asks for it (npm run build:agent), never with a build, a start or a test; what it needs lies in tools/bun alone.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, gzip, zstdCompress } from 'node:zlib';
import { rolldown } from 'rolldown';
import { plainAgent } from './bundle/agent.ts';
import { compiled, installBun, MACHINES } from './bundle/compiled.ts';

/** Below this a file of 100 MB takes minutes, above it hardly shrinks. */
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 12 } };

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const bundle = 'dist/agent.cjs';
installBun();
mkdirSync('.cache', { recursive: true });
const into = mkdtempSync('.cache/agents-');
const plain = join(into, 'agent.cjs');
try {
  writeFileSync(plain, await plainAgent(rolldown));
  const agents = [];
  for (const machine of MACHINES) agents.push(await made(machine));
  const index = { version, bundle_sha256: sha256(readFileSync(bundle)), agents };
  rmSync(plain);
  writeFileSync(join(into, 'agents.json'), `${JSON.stringify(index, null, 2)}\n`);
  chmodSync(into, 0o755);
  rmSync('dist/agents', { recursive: true, force: true });
  renameSync(into, 'dist/agents');
} finally {
  rmSync(into, { recursive: true, force: true });
}

async function made(machine) {
  const file = `agent-linux-${machine}`;
  const path = compiled(plain, machine, join(into, file));
  if (machine === process.arch) holdTo(execFileSync(path, ['version'], { encoding: 'utf8' }).trim());
  const content = readFileSync(path);
  const [zst, gz] = await Promise.all([promisify(zstdCompress)(content, ZSTD), promisify(gzip)(content, { level: 9 })]);
  writeFileSync(`${path}.zst`, zst);
  writeFileSync(`${path}.gz`, gz);
  rmSync(path);
  console.log(`${file}: ${mb(content)} MB, as zstd ${mb(zst)}, as gzip ${mb(gz)}`);
  return { machine, file, sha256: sha256(content), bytes: content.length };
}

function holdTo(said) {
  if (said !== version) throw new Error(`the executable says that it is ${said}, and the project is ${version}`);
}

function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}

function mb({ length }) {
  return (length / 1e6).toFixed(1);
}
