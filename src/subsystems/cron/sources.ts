import { type Answer, type Ask, present } from '../../core/ask.ts';
import { failed } from '../../core/unknown.ts';
import { type Crontab, crontab } from './crontab.ts';

const NONE: Crontab = { entries: [], bad: [] };
const SYSTEM_FILE = '/etc/crontab';
/** What distributions keep below the folder of crontabs and is none. */
const FOLDERS = ['crontabs', 'tabs', 'atjobs', 'atspool', 'lastrun'];

/** All of these as one. */
export function merged(all: readonly Crontab[]): Crontab {
  return { entries: all.flatMap(({ entries }) => entries), bad: all.flatMap(({ bad }) => bad) };
}

/** `/etc/crontab`; nothing where there is no such file, for many systems have none. */
export function systemFile(ask: Ask): Answer<Crontab> {
  const facts = ask.stat(SYSTEM_FILE);
  const file = ask.read(SYSTEM_FILE);
  return ask.all([facts, file], () => {
    if (!present(facts)) return present(file) ? ofSystem(file()) : NONE;
    if (!present(file) || !isWhole(file(), facts().size_bytes)) throw failed(`${SYSTEM_FILE} is there and could not be read whole`);
    return ofSystem(file());
  });
}

function ofSystem(text: string): Crontab {
  return crontab({ path: SYSTEM_FILE, text }, 'system');
}

/** One with bytes that are no UTF-8 has another length as text. */
function isWhole(text: string, bytes: number): boolean {
  return text.includes('\ufffd') || new TextEncoder().encode(text).length === bytes;
}

/** Every crontab in a folder; where not just those that are listed could be read the whole is unknown, or jobs would seem not to be. */
export function folderOf(ask: Ask, folder: string, kind: 'system' | 'user'): Answer<Crontab> {
  const names = ask.list(folder);
  const files = ask.readEach(`${folder}/*`, (found) => found);
  return ask.all([names, files], () => {
    const listed = present(names)
      ? names()
          .filter(isCrontab)
          .map((name) => `${folder}/${name}`)
      : [];
    const read = files().map(({ path }) => path);
    const odd = listed.find((path) => !read.includes(path)) ?? read.find((path) => !listed.includes(path));
    if (odd !== undefined) throw failed(`${odd} could not be read whole`);
    return merged(files().map((file) => crontab(file, kind)));
  });
}

/** cron passes over hidden files too. */
function isCrontab(name: string): boolean {
  return !name.startsWith('.') && !FOLDERS.includes(name);
}
