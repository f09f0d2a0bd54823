// The agent as one text, without any package.
import { createHash } from 'node:crypto';
import type { InputOptions, rolldown as Rolldown } from 'rolldown';
import { packagesIn } from './packages-in.ts';

/** How everything that Node.js shall run is bundled. */
export const OF_NODE = { platform: 'node', external: [/^node:/], logLevel: 'warn' } as const;

/** For Node.js: its program is a text in it, as src/agent/bundle.ts says why. */
export async function agentOfNode(rolldown: typeof Rolldown): Promise<string> {
  const program = inAscii(await alone(rolldown, { input: 'src/agent/program.ts' }));
  const digest = createHash('sha256').update(program).digest('hex').slice(0, 16);
  const define = { PROGRAM: JSON.stringify(program), PROGRAM_DIGEST: JSON.stringify(digest) };
  return inAscii(await alone(rolldown, { input: 'src/agent/bundle.ts', transform: { define } }));
}

/** For what has compiled code of its own. */
export async function plainAgent(rolldown: typeof Rolldown): Promise<string> {
  return alone(rolldown, { input: 'src/agent/main.ts' });
}

async function alone(rolldown: typeof Rolldown, options: InputOptions & { input: string }): Promise<string> {
  const made = await rolldown({ ...OF_NODE, external: [...OF_NODE.external], ...options });
  const { output } = await made.generate({ format: 'cjs', minify: true, codeSplitting: false });
  await made.close();
  const [name] = packagesIn(output.filter((part) => part.type === 'chunk'));
  if (name !== undefined) throw new Error(`${options.input} must not carry ${name}; it may only import what stands in src.`);
  return output[0].code;
}

/** Node.js holds such a text in half the memory, and reads it faster. */
function inAscii(code: string): string {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
