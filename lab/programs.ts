import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { coredns } from './coredns.ts';
import { CACHE } from './places.ts';
import { LabError, ran } from './run.ts';

const OLDEST_NODE = 20;

/** A folder that lies over the base system and adds what Debian does not have: Node.js for the agent, and CoreDNS. */
export function programLayer(base: string): string {
  const node = nodeFor(base);
  const server = coredns();
  const version = ran([node, '--version']).stdout.trim();
  const key = createHash('sha256').update([node, version, server].join(' ')).digest('hex').slice(0, 12);
  const layer = join(CACHE, `programs-${key}`);
  if (existsSync(layer)) return layer;
  const half = `${layer}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(join(half, 'usr/local/bin'), { recursive: true });
  copyFileSync(node, join(half, 'usr/local/bin/node'));
  copyFileSync(server, join(half, 'usr/local/bin/coredns'));
  renameSync(half, layer);
  return layer;
}

/** The machine's own Node.js where it runs on the base system, for the agent must do with an old one; else the one that runs the lab. */
function nodeFor(base: string): string {
  for (const candidate of ['/usr/bin/node', '/usr/local/bin/node', process.execPath]) {
    if (!existsSync(candidate)) continue;
    const tried = join(base, 'tmp/node');
    copyFileSync(candidate, tried);
    const { stdout } = ran(['chroot', base, '/tmp/node', '--version']);
    rmSync(tried);
    if (Number(/^v(\d+)\./.exec(stdout)?.[1] ?? 0) >= OLDEST_NODE) return candidate;
  }
  throw new LabError(`no Node.js here runs on the base system ${base}; install nodejs ${OLDEST_NODE} or newer on this machine`);
}
