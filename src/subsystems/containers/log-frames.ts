import { scrubbed } from '../../core/scrub.ts';
import { unparsed } from '../../core/unknown.ts';

const HEADER = 8;
const LENGTH = 300;

/**
 * The lines of a log as the engine sends it, given as one character a byte. Without a terminal each piece stands behind eight bytes:
 * the stream, three zeros, and the length, most significant byte first (Docker Engine API, "Attach to a container").
 */
export function logLines(bytes: string, terminal: boolean, most: number): string[] {
  const text = utf8(terminal ? bytes : unframed(bytes));
  const lines = text.split('\n').map((line) => scrubbed(line.replace(/\r$/, '')).slice(0, LENGTH));
  return lines.filter((line) => line.trim() !== '').slice(-most);
}

function unframed(bytes: string): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    // A recording ends with a newline of its own.
    if (bytes.slice(at) === '\n') return text;
    const stream = bytes.charCodeAt(at);
    const length = bytes
      .slice(at + 4, at + HEADER)
      .split('')
      .reduce((sum, byte) => sum * 256 + byte.charCodeAt(0), 0);
    const end = at + HEADER + length;
    if (stream > 2 || bytes.slice(at + 1, at + 4) !== '\0\0\0' || end > bytes.length) throw unparsed('the log does not come in frames');
    text += bytes.slice(at + HEADER, end);
    at = end;
  }
  return text;
}

function utf8(bytes: string): string {
  return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
}
