import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync, Visitor } from 'rolldown/utils';

/** One import, of a value or of a type, however it is written. */
export interface Import {
  /** The importing file, from the project's folder. */
  from: string;
  line: number;
  /** A file from the project's folder, `node:fs`, or a package's name with its path. */
  to: string;
}

/** Every import of a file: static, dynamic, `import('…')` in types, re-exports, and `builtin('node:…')`. */
export function importsOf(root: string, from: string): Import[] {
  const text = readFileSync(join(root, from), 'utf8');
  const { module, program, errors } = parseSync(from, text);
  if (errors[0] !== undefined) throw new Error(`${from} cannot be read: ${errors[0].message}`);
  const found: [at: number, name: string][] = [
    ...module.staticImports.map(({ start, moduleRequest }): [number, string] => [start, moduleRequest.value]),
    ...module.staticExports.flatMap(({ start, entries }) =>
      entries.slice(0, 1).flatMap(({ moduleRequest }): [number, string][] => (moduleRequest ? [[start, moduleRequest.value]] : [])),
    ),
  ];
  new Visitor({
    TSImportType: ({ start, source }) => found.push([start, source.value]),
    ImportExpression({ start, source }) {
      if (source.type === 'Literal') found.push([start, String(source.value)]);
    },
    CallExpression({ start, arguments: [first] }) {
      if (first?.type === 'Literal' && typeof first.value === 'string' && first.value.startsWith('node:')) found.push([start, first.value]);
    },
  }).visit(program);
  return found.map(([at, name]) => ({ from, line: text.slice(0, at).split('\n').length, to: target(from, name) }));
}

function target(from: string, name: string): string {
  return name.startsWith('.') ? join(dirname(from), name) : name;
}
