import type { Unknown } from '../../core/unknown.ts';
import type { Left } from '../local/limits.ts';
import type { Reply } from './replies.ts';
import type { Request } from './request.ts';
import type { Tools } from './tools.ts';

/** A shell on a host that answers, and how long it still may. */
export interface Shell {
  ask(request: Request): Promise<Reply | Unknown>;
  left: Left;
  tools(): Promise<Tools | Unknown>;
}
