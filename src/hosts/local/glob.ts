import { type Dirent, readdirSync } from 'node:fs';

/** The paths that fit a pattern, in order; throws where the folder of its first `*` is there and may not be read. */
export function paths(pattern: string): string[] {
  const [first = '', ...segments] = pattern.split('/');
  let found = [first];
  let searched = false;
  for (const [at, segment] of segments.entries()) {
    if (segment.includes('*')) {
      const own = searched ? namesIfAny : namesIfThere;
      const wanted = at < segments.length - 1 ? canHoldFiles : () => true;
      found = found.flatMap((folder) => below(folder, segment, (name) => own(name, wanted)));
      searched = true;
    } else {
      found = found.map((folder) => `${folder}/${segment}`);
    }
  }
  return found;
}

function below(folder: string, segment: string, namesIn: (folder: string) => string[]): string[] {
  const fits = fitting(segment);
  return namesIn(folder === '' ? '/' : folder)
    .filter((name) => fits.test(name) && !name.startsWith('.'))
    .map((name) => `${folder}/${name}`);
}

function fitting(segment: string): RegExp {
  const parts = segment.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}

/** Of what holds no files nothing need be asked that stands below it. */
function canHoldFiles(entry: Dirent): boolean {
  return entry.isDirectory() || entry.isSymbolicLink();
}

type Wanted = (entry: Dirent) => boolean;

/** A folder that is not there has nothing in it; one that may not be read is another matter. */
function namesIfThere(folder: string, wanted: Wanted): string[] {
  try {
    return names(folder, wanted);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}

/** What was just found may vanish, or be no folder, or be another's. */
function namesIfAny(folder: string, wanted: Wanted): string[] {
  try {
    return names(folder, wanted);
  } catch {
    return [];
  }
}

function names(folder: string, wanted: Wanted): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(wanted)
    .map(({ name }) => name)
    .sort();
}
