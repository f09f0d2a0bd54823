import type { SoaRecord } from 'node:dns';
import type { Question } from '../../core/host.ts';
import { absent, failed, notAsked, timedOut, Unknown } from '../../core/unknown.ts';
import { builtin } from './builtin.ts';
import { within } from './failure.ts';
import { seconds } from './limits.ts';

/** What a name server says instead of records (RFC 1035, 4.1.1), in words. */
export const REFUSALS: Readonly<Record<string, string>> = {
  ESERVFAIL: 'the name server could not answer (SERVFAIL)',
  EREFUSED: 'the name server refused to answer (REFUSED)',
  ENOTIMP: 'the name server cannot answer such a question (NOTIMP)',
  EFORMERR: 'the name server did not understand the question (FORMERR)',
  EBADRESP: 'the name server sent an answer that cannot be read',
  EBADNAME: 'this is no name that can be asked for',
};

/** Asks one name server once, nothing between: neither the machine's own resolver nor a search list. */
export async function lookup({ server, name, type }: Question<'lookup'>, ms: number): Promise<string[] | Unknown> {
  const { promises } = await builtin('node:dns');
  const resolver = new promises.Resolver({ timeout: ms, tries: 1 });
  try {
    // Its own port need not be said, and to take one apart costs Node.js more than the question.
    resolver.setServers([server.replace(/^([\d.]+):53$/, '$1')]);
  } catch {
    return notAsked('failed', `${server} is no ADDRESS:PORT of a name server`);
  }
  const answer = await within(ms, resolver.resolve(name, type)).catch((error: NodeJS.ErrnoException) => refusal(error.code ?? '', ms));
  resolver.cancel();
  if (answer instanceof Unknown) return answer;
  return Array.isArray(answer) ? answer.map(String).sort() : [soaText(answer as SoaRecord)];
}

function soaText({ nsname, hostmaster, serial }: SoaRecord): string {
  return `${nsname} ${hostmaster} ${serial}`;
}

function refusal(code: string, ms: number): Unknown {
  if (code === 'ENOTFOUND') return absent('there is no such name');
  if (code === 'ENODATA') return absent('the name has no such record');
  if (code === 'ECONNREFUSED') return absent('no name server listens there');
  if (code === 'ETIMEOUT' || code === 'ECANCELLED') return timedOut(`no answer within ${seconds(ms)}`);
  return failed(REFUSALS[code] ?? `the name server could not be asked (${code.replace(/^E/, '')})`);
}
