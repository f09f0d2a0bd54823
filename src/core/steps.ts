/** Work that pauses now and then, for whoever has other things to do meanwhile. */
export type Steps<T> = Generator<undefined, T>;

/** Work that may pause, or its result where it is done already. */
export type MaybeSteps<T extends object> = T | Steps<T>;

/** The same work as steps in any case. */
export function* asSteps<T extends object>(work: MaybeSteps<T>): Steps<T> {
  return 'next' in work ? yield* work : work;
}

/** Does all of it at once. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}
