import { muteStreamErrors } from './output.ts';
import { run } from './run.ts';

muteStreamErrors();
process.exit(await run(process.argv.slice(2), async () => (await import('../tui/live.ts')).live));
