import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { baseSystem } from '../base.ts';
import { hasAll, type LabKind } from '../kind.ts';
import { CACHE } from '../places.ts';
import { LabError, ran } from '../run.ts';
import { fetchedAnon } from './anon.ts';
import { built, type Source } from './built.ts';
import { IPFS_CLUSTER, KUBO, OLRIC, RQLITE } from './cluster.ts';
import { COREDNS } from './coredns.ts';
import { ENGINE_PACKAGES, putEngine } from './engine.ts';

/** What a host stands on, topmost first: folders that many hosts share and none changes. */
export type Layers = readonly [string, ...string[]];

const OLDEST_NODE = 20;

/** Where a layer puts a program. */
const PROGRAMS = 'usr/local/bin';

/** The layers of a lab's hosts: the base system, what Debian does not have, and what a cluster runs. */
export function layersFor(kind: LabKind): Layers {
  const base = baseSystem();
  const always = [programLayer(base), base] as const;
  const cluster = hasAll(kind, 'cluster') ? ([clusterLayer(), engineLayer(), ...always] as const) : always;
  return hasAll(kind, 'all') ? [restLayer(), ...cluster] : cluster;
}

/** Node.js for the agent, and CoreDNS. */
function programLayer(base: string): string {
  const node = nodeFor(base);
  const server = built(COREDNS);
  const version = ran([node, '--version']).stdout.trim();
  return layer('programs', [node, version, server], (folder) => {
    copyFileSync(node, join(folder, PROGRAMS, 'node'));
    copyFileSync(server, join(folder, PROGRAMS, 'coredns'));
  });
}

/** rqlite and Olric. */
function clusterLayer(): string {
  return linksLayer('cluster', [RQLITE, OLRIC].map(program));
}

/** Kubo, IPFS Cluster and anon. */
function restLayer(): string {
  return linksLayer('rest', [...[KUBO, IPFS_CLUSTER].map(program), { name: 'anon', file: fetchedAnon() }]);
}

interface Program {
  name: string;
  file: string;
}

function program(source: Source): Program {
  return { name: source.name, file: built(source) };
}

/** Programs as links to where they were built. */
function linksLayer(name: string, programs: readonly Program[]): string {
  const files = programs.map(({ file }) => file);
  return layer(name, files, (folder) => {
    for (const each of programs) linkSync(each.file, join(folder, PROGRAMS, each.name));
  });
}

/** Docker and what its image is made of. */
function engineLayer(): string {
  return layer('engine', ENGINE_PACKAGES, (folder) => putEngine(join(folder, PROGRAMS)));
}

/** A folder in the cache for what it is made of, made once and whole. */
function layer(name: string, of: readonly string[], fill: (folder: string) => void): string {
  const key = createHash('sha256').update(of.join(' ')).digest('hex').slice(0, 12);
  const folder = join(CACHE, `${name}-${key}`);
  if (existsSync(folder)) return folder;
  const half = `${folder}.${process.pid}.half`;
  mkdirSync(join(half, PROGRAMS), { recursive: true });
  try {
    fill(half);
    // Another lab may have made it meanwhile: then that one holds.
    if (!existsSync(folder)) renameSync(half, folder);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
  return folder;
}

/** The machine's own Node.js where it runs on the base system, for the agent must do with an old one; else the one that runs the lab. */
function nodeFor(base: string): string {
  for (const candidate of ['/usr/bin/node', '/usr/local/bin/node', process.execPath]) {
    if (!existsSync(candidate)) continue;
    const tried = join(base, 'tmp', `node-${process.pid}`);
    copyFileSync(candidate, tried);
    const { stdout } = ran(['chroot', base, `/tmp/node-${process.pid}`, '--version']);
    rmSync(tried);
    if (Number(/^v(\d+)\./.exec(stdout)?.[1] ?? 0) >= OLDEST_NODE) return candidate;
  }
  throw new LabError(`no Node.js here runs on the base system ${base}; install nodejs ${OLDEST_NODE} or newer on this machine`);
}
