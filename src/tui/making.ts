import type { Steps } from '../core/steps.ts';

/** Something that is made a little at a time. */
export interface Making<T> {
  steps: Steps<T>;
  /** Null until it is whole. */
  made: T | null;
}

/** Nothing of it is made yet. */
export function making<T>(steps: Steps<T>): Making<T> {
  return { steps, made: null };
}

/** Goes on for about so many milliseconds; gives it once it is whole. */
export function goOn<T>(each: Making<T>, most_ms: number): T | null {
  const end_ms = performance.now() + most_ms;
  while (each.made === null && performance.now() < end_ms) step(each);
  return each.made;
}

/** Makes it as a part of something else. */
export function* partOf<T>(each: Making<T>): Steps<T> {
  for (;;) {
    if (each.made !== null) return each.made;
    step(each);
    yield;
  }
}

function step<T>(each: Making<T>): void {
  const { done, value } = each.steps.next();
  if (done === true) each.made = value;
}
