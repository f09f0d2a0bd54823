import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT, Refusal } from '../../core/refusal.ts';
import { nearest } from '../../core/nearest.ts';
import { fits } from '../../core/settings.ts';
import type { Inventory } from '../node-config.ts';
import { plainNode, SSH_SETTINGS } from './empty.ts';
import { expandPath } from './expand-path.ts';
import { hostProblem } from './names.ts';

/** ssh itself stops there. */
const DEEPEST_INCLUDE = 16;
const MOST_FILES = 1_000;

/**
 * The hosts that fit the patterns, of the names that `Host` lines of the person's ssh_config give. A name without `*` that is not among them is a
 * host of its own. What else ssh_config says of each is ssh's to read.
 */
export function sshInventory(patterns: readonly string[], home: string): Inventory {
  const path = join(home, '.ssh/config');
  const names = [...new Set(hostNames(path, home))];
  const hosts = patterns.flatMap((pattern) => chosenBy(pattern, names));
  return {
    path,
    format: 'ssh-config',
    nodes: [...new Set(hosts)].map((name) => plainNode(name, name)),
    settings: [],
    ssh: SSH_SETTINGS,
    notes: [],
  };
}

function chosenBy(pattern: string, names: readonly string[]): string[] {
  if (pattern.includes('*')) {
    const found = names.filter((name) => fits(pattern, name));
    if (found.length > 0) return found;
    throw new Refusal(EXIT.nothing, `--ssh ${pattern} fits no Host of ~/.ssh/config`, {
      next: names.length === 0 ? 'It names no host.' : `It has ${names.slice(0, 8).join(', ')}${names.length > 8 ? ' …' : ''}`,
    });
  }
  const problem = names.includes(pattern) ? null : hostProblem(pattern);
  if (problem === null) return [pattern];
  const near = nearest(pattern, names);
  throw new Refusal(EXIT.usage, `--ssh ${problem}`, {
    next: near === null ? 'It takes a host, or a pattern with * for hosts of ~/.ssh/config' : `The nearest in ~/.ssh/config is ${near}`,
  });
}

/** Names without wildcards, in the order of the files; what is no host name is left out. */
function hostNames(path: string, home: string): string[] {
  let files = 0;
  const read = (file: string, depth: number): string[] => {
    files += 1;
    if (depth > DEEPEST_INCLUDE || files > MOST_FILES) return [];
    return linesOf(file).flatMap((line) => {
      const [, keyword = '', rest = ''] = /^\s*([A-Za-z]+)(?:\s*=\s*|\s+)(.*)$/.exec(line) ?? [];
      const words = [...rest.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
      if (keyword.toLowerCase() === 'host') return words.filter((word) => !/[*?!]/.test(word) && hostProblem(word) === null);
      if (keyword.toLowerCase() !== 'include') return [];
      // A relative one lies in ~/.ssh, whichever file includes it.
      return words
        .flatMap((word) => globbed(expandPath(word, { home, folder: join(home, '.ssh') })))
        .flatMap((each) => read(each, depth + 1));
    });
  };
  return read(path, 0);
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/);
  } catch {
    return [];
  }
}

/** `*` in the last part of a path, as in `config.d/*`. */
function globbed(path: string): string[] {
  const folder = dirname(path);
  const pattern = path.slice(folder.length + 1);
  if (!pattern.includes('*')) return [path];
  try {
    return readdirSync(folder)
      .filter((name) => !name.startsWith('.') && fits(pattern, name))
      .sort()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
