import type { NodeProfile } from '../../agent/node-file.ts';
import { reportOf } from '../../agent/report.ts';
import { keepSample, readSample } from '../../agent/sample-file.ts';
import type { Unknown } from '../../core/unknown.ts';
import { withDeadline } from '../../hosts/deadline.ts';
import type { Conversation } from '../../hosts/shell/conversation.ts';
import { shellHost } from '../../hosts/shell/host.ts';
import type { Tools } from '../../hosts/shell/tools.ts';
import type { Target } from '../ssh/words.ts';
import { samplePathOf } from './sample-path.ts';

/** Whose report is made, and until when. */
interface Of {
  target: Target;
  tools(): Promise<Tools | Unknown>;
  profile: NodeProfile;
  /** Of performance.now(). */
  end_ms: number;
}

/** What is left of the node's time is for the report, but for what it takes to end it. */
const ENDING_MS = 300;

/** A node's report as its own agent would make it, by the collectors here and its shell; its counters are kept here. As JSON. */
export async function shellReport(talk: Conversation, { target, tools, profile, end_ms }: Of): Promise<string> {
  const left_ms = Math.max(1, end_ms - performance.now() - ENDING_MS);
  const host = withDeadline(shellHost(talk, left_ms, tools), left_ms);
  const path = samplePathOf(target);
  const earlier = readSample(path);
  const { report, kept } = await reportOf(host, profile, earlier, null);
  keepSample(path, kept, earlier);
  return JSON.stringify(report);
}
