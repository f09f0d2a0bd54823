import { readdirSync } from 'node:fs';

/** The paths that fit a pattern, in order; throws where the folder of its first `*` is there and may not be read. */
export function paths(pattern: string): string[] {
  const [first = '', ...segments] = pattern.split('/');
  let found = [first];
  let searched = false;
  for (const segment of segments) {
    if (segment.includes('*')) {
      const own = searched ? namesIfAny : namesIfThere;
      found = found.flatMap((folder) => below(folder, segment, own));
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

/** A folder that is not there has nothing in it; one that may not be read is another matter. */
function namesIfThere(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}

/** What was just found may vanish, or be no folder, or be another's. */
function namesIfAny(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
