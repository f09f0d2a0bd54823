import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { afterAll } from 'vitest';

/** A folder for the tests of one file, gone when they are done. */
export function folderForTests(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ward-agent-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An entry, named from the project's folder, as one file in the way the agent is shipped. */
export async function bundled(entry: string, folder: string): Promise<string> {
  const file = join(folder, `${entry.replaceAll('/', '-')}.cjs`);
  const input = fileURLToPath(new URL(`../../${entry}`, import.meta.url));
  const build = await rolldown({ input, platform: 'node', external: [/^node:/], logLevel: 'warn' });
  await build.write({ file, format: 'cjs', minify: true, codeSplitting: false });
  await build.close();
  return file;
}

const OTHERS = ['/usr/bin/node', '/usr/local/bin/node'];

/** Every Node.js to try the agent on: this one, and one of version 20 if the machine has it. */
export const NODES: readonly { version: string; node: string }[] = [process.execPath, ...OTHERS.filter((path) => existsSync(path))]
  .map((node) => ({ node, version: spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim() }))
  .filter(({ node, version }) => node === process.execPath || version.startsWith('v20.'))
  .slice(0, 2);

/** For titles: what is not tried here, and why. */
export const NO_NODE_20 = NODES.length > 1 ? '' : ' (Node.js 20 is left out: it is not in /usr/bin or /usr/local/bin)';
