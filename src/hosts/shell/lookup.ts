import { randomInt } from 'node:crypto';
import { isIP } from 'node:net';
import type { Question } from '../../core/host.ts';
import { absent, failed, notAsked, Unknown } from '../../core/unknown.ts';
import { DEADLINES } from '../local/limits.ts';
import { REFUSALS } from '../local/lookup.ts';
import { type DnsAnswer, answerIn, questionBytes, type RecordType } from './dns-message.ts';
import type { Shell } from './shell.ts';
import { talk } from './talk.ts';

const MOST_BYTES = 64 * 1024;

/** RFC 1035, 4.1.1. */
const CODES: Readonly<Record<number, string>> = { 1: 'EFORMERR', 2: 'ESERVFAIL', 4: 'ENOTIMP', 5: 'EREFUSED' };

/** Asks one name server once from the host: the question is made and the answer read here. */
export function lookup(shell: Shell): (question: Question<'lookup'>) => Promise<string[] | Unknown> {
  return async ({ server, name, type }) => {
    const [, bracketed, plain, port = '53'] = /^(?:\[([0-9a-fA-F:.]+)\]|([0-9.]+))(?::(\d{1,5}))?$/.exec(server) ?? [];
    const host = bracketed ?? plain ?? '';
    if (isIP(host) === 0) return notAsked('failed', `${server} is no ADDRESS:PORT of a name server`);
    const id = randomInt(0x10000);
    const question = questionBytes(id, name, type);
    if (question === null) return failed(REFUSALS['EBADNAME'] ?? '');
    const until = question.subarray(0, 2);
    const ms = shell.left(DEADLINES.lookup);
    const came = await talk(shell, { by: 'udp', host, at: port, send: [question], until, ms, bytes: MOST_BYTES });
    if (!(came instanceof Unknown)) return recordsIn(came, type);
    return came.kind === 'absent' ? absent('no name server listens there') : came;
  };
}

function recordsIn(message: Buffer, type: RecordType): string[] | Unknown {
  const answer = read(message, type);
  if (answer === null) return failed(REFUSALS['EBADRESP'] ?? '');
  const { code, cut, records } = answer;
  if (code === 3) return absent('there is no such name');
  if (code !== 0) return failed(REFUSALS[CODES[code] ?? ''] ?? `the name server could not be asked (code ${code})`);
  if (cut) return failed('the answer is too long for one packet');
  return records.length === 0 ? absent('the name has no such record') : records;
}

function read(message: Buffer, type: RecordType): DnsAnswer | null {
  try {
    return answerIn(message, type);
  } catch {
    return null;
  }
}
