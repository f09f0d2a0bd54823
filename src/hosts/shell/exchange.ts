import type { Question } from '../../core/host.ts';
import { Unknown } from '../../core/unknown.ts';
import { HEX_OF } from '../local/file-in-words.ts';
import { DEADLINES, MIB } from '../local/limits.ts';
import { splitPlace } from '../local/places.ts';
import type { Shell } from './shell.ts';
import { talk } from './talk.ts';

const MOST_BYTES = 4 * MIB;

/** Talks over TCP or a unix socket from the host. */
export function exchange(shell: Shell): (question: Question<'exchange'>) => Promise<string | Unknown> {
  return async ({ to, send, until }) => {
    const place = to.startsWith('unix:')
      ? { by: 'unix' as const, host: '', at: to.slice('unix:'.length) }
      : { by: 'tcp' as const, ...named(splitPlace(to)) };
    const ms = shell.left(DEADLINES.exchange);
    const came = await talk(shell, { ...place, send: piecesOf(send), until: Buffer.from(until), ms, bytes: MOST_BYTES });
    return came instanceof Unknown ? came : came.toString('utf8');
  };
}

function named({ host, port }: { host: string; port: number }) {
  return { host, at: String(port) };
}

/** What stands between the places for files, and the files. */
function piecesOf(send: string): (Buffer | { hex_of: string })[] {
  return send
    .split(HEX_OF)
    .map((piece, at) => (at % 2 === 0 ? Buffer.from(piece) : { hex_of: piece }))
    .filter((piece) => !Buffer.isBuffer(piece) || piece.length > 0);
}
