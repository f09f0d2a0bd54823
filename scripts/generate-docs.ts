// Writes the pages that are made from definitions, so that they cannot say anything else than the code.
import { writeFileSync } from 'node:fs';
import { checksPage } from './docs/checks-page.ts';
import { subsystemsPage } from './docs/subsystems-page.ts';

writeFileSync('docs/subsystems.md', await subsystemsPage(process.cwd()));
writeFileSync('docs/checks.md', checksPage());
