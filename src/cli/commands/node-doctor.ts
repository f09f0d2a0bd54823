import { fileURLToPath } from 'node:url';
import { EXIT, type Exit } from '../../core/refusal.ts';
import { inTurn } from '../../core/in-turn.ts';
import { diagnose } from '../../fleet/install/doctor.ts';
import type { Check } from '../../fleet/install/host-checks.ts';
import type { ListingGiven } from '../args/listing-options.ts';
import type { Io } from '../io.ts';
import { printListing } from '../listing.ts';
import { type AdminOptions, administered } from '../node/admins.ts';
import { type Outcome, outcomesPage } from '../node/outcomes.ts';

const AT_ONCE = 8;
const SIGNS: Record<Check['state'], string> = { pass: '✓', fail: '✗', skip: '?' };

/** Looks whether the agent's install on these machines is as it should be. */
export async function nodeDoctor(io: Io, hosts: readonly string[], options: AdminOptions & ListingGiven): Promise<Exit> {
  const machines = await administered(io, hosts, options);
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const looked = await inTurn(machines, AT_ONCE, async ({ name, admin, asker }) => ({
    node: name,
    found: await diagnose(admin, asker, folder),
  }));
  await printListing(io, options, looked.map(objectOf), (terminal) => outcomesPage(terminal, 'Agents', looked.map(outcomeOf)));
  const silent = looked.filter(({ found }) => typeof found === 'string').length;
  if (silent > 0) return silent === looked.length ? EXIT.nothing : EXIT.partial;
  return looked.some(({ found }) => typeof found !== 'string' && found.some(({ state }) => state === 'fail')) ? EXIT.findings : EXIT.fine;
}

interface Looked {
  node: string;
  found: Check[] | string;
}

function objectOf({ node, found }: Looked): object {
  return typeof found === 'string' ? { node, error: found, checks: null } : { node, error: null, checks: found };
}

function outcomeOf({ node, found }: Looked): Outcome {
  if (typeof found === 'string') return { node, state: 'unreached', text: found, lines: [] };
  const failed = found.filter(({ state }) => state === 'fail').length;
  const skipped = found.filter(({ state }) => state === 'skip').length;
  const text = `${found.length - failed - skipped} of ${found.length} checks pass${skipped === 0 ? '' : `, ${skipped} could not be made`}`;
  return { node, state: failed > 0 ? 'failed' : 'done', text, lines: found.map(({ state, says }) => `${SIGNS[state]} ${says}`) };
}
