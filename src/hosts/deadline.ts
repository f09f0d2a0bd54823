import type { AnswerTo, Host, Kind, Question } from '../core/host.ts';
import { notAsked, type Unknown } from '../core/unknown.ts';
import { steadyMs } from './steady-ms.ts';

/** The host with one deadline over all its questions: what is still open then is unknown, and the report goes out without it. */
export function withDeadline(host: Host, ms: number): Host {
  const late = notAsked('timeout', `the report's ${ms / 1000} s were over`);
  const end_ms = steadyMs() + ms;
  const open = new Set<(late: Unknown) => void>();
  let timer: NodeJS.Timeout | null = null;
  const passed = () => {
    timer = null;
    for (const end of open) end(late);
    open.clear();
  };
  // A report whose every answer is there is not held on to until its deadline: whoever makes one after the other would hold them all.
  const close = (end: (late: Unknown) => void) => {
    open.delete(end);
    if (open.size > 0 || timer === null) return;
    clearTimeout(timer);
    timer = null;
  };
  return {
    ask<K extends Kind>(kind: K, question: Question<K>): Promise<AnswerTo<K> | Unknown> {
      const left_ms = end_ms - steadyMs();
      if (left_ms <= 0) return Promise.resolve(late);
      return new Promise((resolve, reject) => {
        open.add(resolve);
        // Unreferenced: nobody's end is waited for who has no question open with the system.
        timer ??= setTimeout(passed, left_ms).unref();
        host
          .ask(kind, question)
          .finally(() => close(resolve))
          .then(resolve, reject);
      });
    },
  };
}
