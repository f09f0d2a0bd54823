import { builtin } from '../hosts/local/builtin.ts';

/** Begins both lines of a frame. */
export const FRAME_WORD = 'WARDROUND';

/**
 * The answer between two lines that only this request's nonce can make, with length, digest and the agent's own exit code:
 * so noise before it, a cut connection, an old answer and ssh's own exit code are each told apart.
 */
export async function framed(nonce: string, payload: string, exit: number): Promise<string> {
  const { createHash } = await builtin('node:crypto');
  const digest = createHash('sha256').update(payload).digest('hex');
  return `\n${FRAME_WORD} ${nonce} ${Buffer.byteLength(payload)} ${digest} ${exit}\n${payload}\n${FRAME_WORD} ${nonce} end\n`;
}
