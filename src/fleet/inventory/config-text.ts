import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { shellWord } from '../../core/command.ts';
import { wrong } from './configuration.ts';

/** A configuration file beyond this is none: 20,000 nodes take about 3 MiB. */
const MOST_BYTES = 8 * 1024 * 1024;

const EXAMPLE = 'Make one: environments: {mine: {nodes: {web1: {address: 192.0.2.10}}}}';

/**
 * A configuration file's text, opened without waiting and read only if it is a regular file that nobody else could have written.
 * Refuses with exit 3 and the place; a byte order mark and CRLF are taken away.
 */
export function configText(path: string): string {
  const file = opened(path);
  try {
    check(path, fstatSync(file));
    return decoded(path, readFileSync(file));
  } finally {
    closeSync(file);
  }
}

function opened(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw wrong(path, 'there is no such file', EXAMPLE);
    if (code === 'EACCES') throw wrong(path, 'permission denied', `See: ls -l ${shellWord(path)}`);
    if (code === 'ENXIO' || code === 'EISDIR') throw notRegular(path);
    throw wrong(path, message);
  }
}

function check(path: string, facts: Stats): void {
  const mode = (facts.mode & 0o777).toString(8);
  if (!facts.isFile()) throw notRegular(path);
  if ((facts.mode & 0o002) !== 0)
    throw wrong(path, `everybody may write it (mode ${mode}, owner ${facts.uid})`, `Mend it with: chmod o-w ${shellWord(path)}`);
  const uid = process.getuid?.() ?? 0;
  if (facts.uid !== uid && facts.uid !== 0) {
    throw wrong(
      path,
      `it belongs to user ${facts.uid}, neither to you (${uid}) nor to root (mode ${mode})`,
      `Mend it with: chown ${uid} ${shellWord(path)} && chmod 600 ${shellWord(path)}`,
    );
  }
  if (facts.size > MOST_BYTES)
    throw wrong(path, `it has ${facts.size} bytes; the limit is 8 MiB`, 'Split it into a file for each environment.');
}

function notRegular(path: string): Error {
  return wrong(path, 'it is not a regular file', `See: ls -ld ${shellWord(path)}`);
}

function decoded(path: string, bytes: Buffer): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw wrong(path, 'it is UTF-16 (byte 0); it must be UTF-8', `Mend it with: iconv -f UTF-16 -t UTF-8 ${shellWord(path)}`);
  }
  const nul = bytes.indexOf(0);
  if (nul !== -1) throw wrong(path, `byte ${nul} is NUL; it must be text in UTF-8`);
  const text = bytes.toString('utf8');
  const broken = firstBroken(text, bytes);
  if (broken !== null)
    throw wrong(path, `byte ${broken} is no UTF-8; is the file Latin-1?`, `Mend it with: iconv -f ISO-8859-1 -t UTF-8 ${shellWord(path)}`);
  return text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
}

/** The offset of the first byte that is no UTF-8; a replacement character that stands in the file itself is none. */
function firstBroken(text: string, bytes: Buffer): number | null {
  let offset = 0;
  let from = 0;
  for (let at = text.indexOf('\ufffd'); at !== -1; at = text.indexOf('\ufffd', from)) {
    offset += Buffer.byteLength(text.slice(from, at));
    if (bytes[offset] !== 0xef || bytes[offset + 1] !== 0xbf || bytes[offset + 2] !== 0xbd) return offset;
    offset += 3;
    from = at + 1;
  }
  return null;
}
