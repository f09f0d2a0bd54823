import type { HttpAnswer } from '../../core/host.ts';
import { jsonBody } from '../../core/http-body.ts';
import type { Json } from '../../core/json.ts';
import type { Asked } from '../../core/section.ts';
import { absent, unparsed } from '../../core/unknown.ts';
import type { SeenNode } from './section.ts';

/** More nodes than any Raft cluster has. */
const MOST_NODES = 100;

/** The nodes of /nodes by their ids: a list under `nodes` (`ver=2`), before that an object with an entry a node. */
export function seenNodes(answer: HttpAnswer): Record<string, Asked<SeenNode>> {
  const body = jsonBody(answer);
  const listed = body.at('nodes');
  const entries = Array.isArray(listed.value) ? listed.list.map((node) => [node.at('id').text, node] as const) : body.entries;
  if (entries.length === 0) throw unparsed('the answer lists no node');
  return Object.fromEntries(entries.slice(0, MOST_NODES).map(([id, node]) => [id.slice(0, 120), seenNode(node)]));
}

function seenNode(node: Json): Asked<SeenNode> {
  const reachable = node.at('reachable').boolean;
  const { value: error } = node.at('error');
  const voter = node.at('voter');
  return {
    reachable,
    leader: node.at('leader').boolean,
    // Versions that leave it out list only voters.
    voter: voter.given ? voter.boolean : true,
    time_ms: () => (reachable ? Math.round(node.at('time').number * 1e9) / 1e6 : absent('it was not reached')),
    error: typeof error === 'string' ? error.slice(0, 200) : '',
    addr: () => node.at('addr').text,
  };
}
