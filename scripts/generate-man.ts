// Writes ward.1 from the tree of commands, into man/ or the folder that is named; the package carries it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manPage } from './man/man-page.ts';

const folder = process.argv[2] ?? join(import.meta.dirname, '../man');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'ward.1'), manPage());
