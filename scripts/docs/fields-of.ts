import { type ESTree, parseSync } from 'rolldown/utils';

/** A field of a section as its `section.ts` declares it. */
export interface Field {
  /** As in a report's `unknown`: `peers[].endpoint`. */
  path: string;
  /** `number`, `text`, `true or false`, `list of text`, `list`, `object`; every one that may be unknown ends with ` or null`. */
  type: string;
  /** Its doc comment; empty where the name says it all. */
  about: string;
}

type Expression = ESTree.Expression;

/** What is needed to read a declaration: the file's constants, the comment before a place, and where a named shape was laid out. */
interface Reading {
  named: ReadonlyMap<string, { value: Expression; about: string }>;
  aboutAt(start: number): string;
  seen: Map<string, string>;
}

/** The fields of the exported section in their order, those of its items behind them; a shape that comes again is named, not repeated. */
export function fieldsOf(text: string, section: string): Field[] {
  const reading = readingOf(text);
  const root = reading.named.get(section);
  if (root === undefined) throw new Error(`there is no ${section} in section.ts`);
  return shapeOf(root.value, reading, '').fields;
}

function readingOf(text: string): Reading {
  const { program, comments, errors } = parseSync('section.ts', text);
  if (errors[0] !== undefined) throw new Error(errors[0].message);
  const docs = comments.filter(({ type, value }) => type === 'Block' && value.startsWith('*'));
  const aboutAt = (start: number): string => {
    const doc = docs.find(({ end }) => end <= start && text.slice(end, start).trim() === '');
    return doc === undefined
      ? ''
      : doc.value
          .slice(1)
          .replace(/\s*\n\s*\*\s*/g, ' ')
          .trim();
  };
  const named = program.body.flatMap((statement) => {
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declared?.type !== 'VariableDeclaration') return [];
    return declared.declarations.flatMap(({ id, init }) =>
      id.type === 'Identifier' && init ? [[id.name, { value: init, about: aboutAt(statement.start) }] as const] : [],
    );
  });
  return { named: new Map(named), aboutAt, seen: new Map() };
}

interface Shape {
  type: string;
  about: string;
  fields: Field[];
}

function shapeOf(value: Expression, reading: Reading, path: string): Shape {
  if (value.type === 'Identifier') return namedShape(value.name, reading, path);
  const { word, first } = called(value);
  const make = SHAPES[word];
  return make === undefined || first === null ? { type: PLAIN[word] ?? word, about: '', fields: [] } : make(first, reading, path);
}

function namedShape(name: string, reading: Reading, path: string): Shape {
  const known = reading.named.get(name);
  if (known === undefined) return { type: name, about: '', fields: [] };
  const before = reading.seen.get(name);
  if (before !== undefined) return { type: `as \`${before}\``, about: known.about, fields: [] };
  reading.seen.set(name, path);
  return { ...shapeOf(known.value, reading, path), about: known.about };
}

const PLAIN: Readonly<Record<string, string>> = { string: 'text', number: 'number', boolean: 'true or false' };

const SHAPES: Readonly<Record<string, (first: Expression, reading: Reading, path: string) => Shape>> = {
  nullable(first, reading, path) {
    const shape = shapeOf(first, reading, path);
    return { ...shape, type: shape.type === 'true or false' ? 'true, false or null' : `${shape.type} or null` };
  },
  array(first, reading, path) {
    const shape = shapeOf(first, reading, `${path}[]`);
    return { ...shape, type: shape.fields.length > 0 ? 'list' : `list of ${shape.type}` };
  },
  object: (first, reading, path) => ({ type: 'object', about: '', fields: objectFields(first, reading, path) }),
  enum: (first) => ({ type: words(first), about: '', fields: [] }),
};

function objectFields(object: Expression, reading: Reading, path: string): Field[] {
  const properties = object.type === 'ObjectExpression' ? object.properties : [];
  return properties.flatMap((property) => {
    if (property.type !== 'Property' || property.key.type !== 'Identifier') return [];
    const own = path === '' ? property.key.name : `${path}.${property.key.name}`;
    const { type, about, fields } = shapeOf(property.value as Expression, reading, own);
    return [{ path: own, type, about: reading.aboutAt(property.start) || about }, ...fields];
  });
}

/** `z.nullable(x)` is the word `nullable` and its first argument. */
function called(value: Expression): { word: string; first: Expression | null } {
  const callee = value.type === 'CallExpression' && value.callee.type === 'MemberExpression' ? value.callee.property : null;
  if (value.type !== 'CallExpression' || callee?.type !== 'Identifier') return { word: '?', first: null };
  return { word: callee.name, first: (value.arguments[0] as Expression | undefined) ?? null };
}

function words(list: Expression): string {
  const elements = list.type === 'ArrayExpression' ? list.elements : [];
  return elements.flatMap((element) => (element?.type === 'Literal' ? [`\`${String(element.value)}\``] : [])).join(', ');
}
