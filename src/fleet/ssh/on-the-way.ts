import { visible } from '../../core/clean.ts';
import { type Told, told } from './told.ts';

/** Where a way through jump hosts ended. */
export interface Where {
  /** At a jump host itself, or behind it: it could not reach what comes next. */
  end: 'at' | 'behind';
  /** Which one, counted from the node. */
  hop: number;
}

/** ssh's own last words where it reached the node through another program, and that ended; they say nothing of why. */
const LAST_WORDS = /^.*UNKNOWN port 65535.*$|^kex_exchange_identification: .*$/gm;
/** Each ssh on the way but the one at its end says this once. */
const ENDED = /UNKNOWN port 65535/g;
const NOT_OPENED = /^channel \d+: open failed: (.+?)\r?$/m;

/** What was wrong with the way through a jump host, from what ssh printed before login; null where the node itself was reached, or there is no such way. */
export function toldOnTheWay(before: string): (Told & { where: Where }) | null {
  const hop = before.match(ENDED)?.length ?? 0;
  if (hop === 0) return null;
  const rest = before.replaceAll(LAST_WORDS, '');
  const [, reason] = NOT_OPENED.exec(rest) ?? [];
  if (reason?.startsWith('administratively prohibited') === true)
    return { where: { end: 'at', hop }, cause: 'other', message: 'it passes no connections on (AllowTcpForwarding)' };
  if (reason !== undefined) return { where: { end: 'behind', hop }, ...notReached(reason.replace('connect failed: ', '')) };
  const known = told(rest);
  return known === null ? null : { where: { end: 'at', hop }, ...known };
}

function notReached(reason: string): Told {
  if (/name|resolution/i.test(reason)) return { cause: 'dns', message: 'its name does not resolve' };
  return told(reason) ?? { cause: 'other', message: visible(reason.slice(0, 80)) };
}
