import { NODE_FILE, type NodeProfile, profileFrom, whyUnfit } from '../../agent/node-file.ts';
import type { FileFacts } from '../../core/host.ts';
import { PROFILES } from '../../core/profile.ts';
import { Unknown } from '../../core/unknown.ts';

/** How the files of a host are asked for. */
interface Files {
  stat(path: string): Promise<FileFacts | Unknown>;
  read(path: string): Promise<string | Unknown>;
}

/** The profile that holds on a host by its owner's file there, under the same conditions as the agent's. */
export async function nodeFileOn({ stat, read }: Files): Promise<NodeProfile> {
  const [facts, text] = await Promise.all([stat(NODE_FILE), read(NODE_FILE)]);
  const unknown = [facts, text].find((answer) => answer instanceof Unknown);
  if (unknown instanceof Unknown) return plain(unknown.kind === 'absent' ? [] : [unknown.reason]);
  const { mode, uid, size_bytes } = facts as Exclude<typeof facts, Unknown>;
  const unfit = whyUnfit(NODE_FILE, { size: size_bytes, mode: Number.parseInt(mode, 8), uid }, true);
  return unfit === null ? profileFrom(text as string) : plain([unfit]);
}

function plain(problems: readonly string[]): NodeProfile {
  return { profile: PROFILES.default, problems: problems.map((problem) => `${NODE_FILE}: ${problem}`) };
}
