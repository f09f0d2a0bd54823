// Bundles what is published: the command line for Node.js 24, split so that each command loads only what it needs, and the agent as one
// file for any Node.js from 20 on, without a line of npm code. Does nothing while no source has changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const STAMP = 'dist/.stamp';

const digest = digestOf(['src', 'package-lock.json', 'scripts/build.mjs']);
if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== digest) {
  rmSync('dist', { recursive: true, force: true });
  await bundle('src/agent/main.ts', { file: 'dist/agent.cjs', format: 'cjs', minify: true }, [/node_modules/]);
  if (existsSync('src/cli/main.ts')) await bundle('src/cli/main.ts', { dir: 'dist', format: 'esm', entryFileNames: 'ward.js', chunkFileNames: 'ward-[name]-[hash].js', minify: true }, []);
  mkdirSync('dist', { recursive: true });
  writeFileSync(STAMP, digest);
}

/** Fails where a module comes in that must not. */
async function bundle(input, output, never) {
  const build = await rolldown({ input, platform: 'node', external: [/^node:/], logLevel: 'warn' });
  const { output: chunks } = await build.write({ ...output, codeSplitting: output.file === undefined });
  await build.close();
  const modules = chunks.flatMap((chunk) => chunk.moduleIds ?? []);
  const stranger = modules.find((id) => never.some((pattern) => pattern.test(id)));
  if (stranger !== undefined) throw new Error(`${input} must not carry ${stranger}; it may only import what stands in src.`);
}

function digestOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(filesOf)) hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

function filesOf(path) {
  if (!existsSync(path)) return [];
  try {
    return readdirSync(path, { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .filter(({ name }) => name !== 'cases')
      .flatMap((entry) => filesOf(join(path, entry.name)));
  } catch {
    return [path];
  }
}
