import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadInventory } from '../../../src/fleet/inventory.ts';
import type { Inventory } from '../../../src/fleet/node-config.ts';
import { Refusal } from '../../../src/core/refusal.ts';

/** A folder that is gone when the test has ended. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'ward-inventory-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Writes files with their folders. */
export function put(root: string, files: Readonly<Record<string, string | Buffer>>): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content, { mode: 0o600 });
  }
  return root;
}

/** The inventory of a folder that is both the current one and home. */
export function load(
  root: string,
  { config = null, ssh = [], env = {} }: { config?: string | null; ssh?: string[]; env?: NodeJS.ProcessEnv } = {},
): Promise<Inventory> {
  return loadInventory({ config, ssh, cwd: root, env, home: root });
}

/** What a refusal says, in the form in which people see it. */
export async function refusal(promise: Promise<unknown>): Promise<{ exit: number; text: string; next: string }> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Refusal)
      return { exit: error.exit, text: `${error.where}${error.where === '' ? '' : ': '}${error.message}`, next: error.next };
    throw error;
  }
  throw new Error('It was not refused.');
}
