import { muteStreamErrors } from './output.ts';
import { run } from './run.ts';

muteStreamErrors();
void run(process.argv.slice(2), async () => (await import('../tui/live.ts')).live).then((exit) => process.exit(exit));
