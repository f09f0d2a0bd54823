// Holds every file and import of src and lab against the table and rules in scripts/imports. Says what to do, and fails if one is broken.
import { globSync } from 'node:fs';
import { importsOf } from './imports/imports-of.ts';
import { EVERY_FOLDER, RULES } from './imports/rules.ts';

const root = process.argv[2] ?? process.cwd();
const files = globSync(['src/**/*.ts', 'lab/**/*.ts'], { cwd: root }).sort();
const imports = files.flatMap((file) => importsOf(root, file));
const broken = [
  ...files
    .filter(EVERY_FOLDER.forbids)
    .map((file) => `${file}: stands in no folder of the table (${EVERY_FOLDER.name})\n    ${EVERY_FOLDER.comment}`),
  ...imports.flatMap((one) =>
    RULES.filter((rule) => rule.forbids(one)).map(
      ({ name, comment }) => `${one.from}:${one.line}: imports ${one.to} (${name})\n    ${comment}`,
    ),
  ),
];
for (const sentence of broken) console.error(sentence);
if (broken.length > 0) process.exit(1);
console.log(`imports: ${imports.length} in ${files.length} files keep the ${RULES.length + 1} rules`);
