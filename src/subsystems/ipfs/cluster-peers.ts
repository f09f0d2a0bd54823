import type { HttpAnswer } from '../../core/host.ts';
import { goodBody } from '../../core/http-body.ts';
import { type Json, json } from '../../core/json.ts';
import { unparsed } from '../../core/unknown.ts';
import type { ClusterPeer } from './section.ts';

/** More peers than a Cluster has. */
const MOST_PEERS = 500;

/** The peers that IPFS Cluster lists: a stream of objects, one a line, or one list. */
export function clusterPeers(answer: HttpAnswer): ClusterPeer[] {
  const body = goodBody(answer).trim();
  const entries = body.startsWith('[')
    ? json(body).list
    : body
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => json(line));
  // It always lists itself.
  if (entries.length === 0) throw unparsed('the answer lists no peer');
  return entries
    .slice(0, MOST_PEERS)
    .map(peer)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function peer(entry: Json): ClusterPeer {
  return {
    id: entry.at('id').text.slice(0, 120),
    name: textOr(entry.at('peername')),
    error: textOr(entry.at('error')),
    ipfs_error: textOr(entry.at('ipfs', 'error')),
  };
}

function textOr({ value }: Json): string {
  return typeof value === 'string' ? value.slice(0, 200) : '';
}
