import type { AnswerTo, Host, Kind, Question } from '../core/host.ts';
import { notAsked, type Unknown } from '../core/unknown.ts';
import { steadyMs } from './steady-ms.ts';

/** The host with one deadline over all its questions: what is still open then is unknown, and the report goes out without it. */
export function withDeadline(host: Host, ms: number): Host {
  const late = notAsked('timeout', `the report's ${ms / 1000} s were over`);
  let over: Promise<Unknown> | null = null;
  const begun_ms = steadyMs();
  return {
    async ask<K extends Kind>(kind: K, question: Question<K>): Promise<AnswerTo<K> | Unknown> {
      const left_ms = begun_ms + ms - steadyMs();
      if (left_ms <= 0) return late;
      over ??= new Promise((resolve) => {
        // Unreferenced: once every answer is there, nothing is waited for.
        setTimeout(() => resolve(late), left_ms).unref();
      });
      return Promise.race([host.ask(kind, question), over]);
    },
  };
}
