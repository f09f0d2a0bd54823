import { readFileSync } from 'node:fs';
import { reportOf } from '../../../src/agent/report.ts';
import { PROFILES, type ProfileName } from '../../../src/core/profile.ts';
import { transcript } from '../../../src/hosts/transcript.ts';

/** The reports of recorded machines, named as `SECTION:PATH`, a line each. */
async function replay(words: readonly string[]): Promise<void> {
  for (const word of words) {
    const [section = '', path = ''] = word.split(':');
    const { host, facts } = transcript(readFileSync(path, 'utf8'));
    const profile = { ...PROFILES[(facts['profile'] ?? 'default') as ProfileName], ...(JSON.parse(facts['node.yaml'] ?? '{}') as object) };
    const earlier = facts['sample'] === undefined ? null : JSON.parse(facts['sample']);
    const { report, kept } = await reportOf(host, { profile, problems: [] }, earlier, [section]);
    // Neither is recorded: one is measured, the other is of the moment where nobody asked for the clock.
    process.stdout.write(`${JSON.stringify({ ...report, collect_ms: 0, timestamp: '', kept })}\n`);
  }
}

void replay(process.argv.slice(2));
