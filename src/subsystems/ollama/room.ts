import type { Model } from './section.ts';

/** A model needs this much more than its file while it works, and this much should be left to everything else. */
const MARGIN = 1.2;
const LEFT_BYTES = 1.5 * 2 ** 30;

/** Whether the machine could take the model into RAM now; null where its memory was not read. */
export function fitsNow({ size_bytes }: Model, available_bytes: number | null): boolean | null {
  return available_bytes === null ? null : available_bytes - size_bytes * MARGIN >= LEFT_BYTES;
}
