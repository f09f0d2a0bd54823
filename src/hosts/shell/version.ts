import { Unknown } from '../../core/unknown.ts';
import type { Conversation } from './conversation.ts';

/** The Node.js of a host, by its whole path, and its main version; null where there is none that says so in time. */
export async function nodeThere(conversation: Conversation, ms: number): Promise<{ path: string; major: number } | null> {
  const reply = await conversation.ask({ kind: 'version', words: [], ms, late: 'Node.js there does not say its version', bytes: 0 });
  const text = reply instanceof Unknown ? '' : (reply.parts[0]?.bytes.toString('utf8') ?? '');
  const [, path, major] = /^(\/\S+) v(\d+)\./.exec(text) ?? [];
  return path === undefined ? null : { path, major: Number(major) };
}
