// Writes the JSON schema of everything that a command prints as JSON into docs/schemas.
import { mkdirSync, writeFileSync } from 'node:fs';
import { publishedTexts } from './schemas/published.ts';

const folder = new URL('../docs/schemas/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [file, text] of publishedTexts()) writeFileSync(new URL(file, folder), text);
