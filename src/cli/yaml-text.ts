import { stringify } from 'yaml';
import { SPECIAL_IN_JSON } from '../core/clean.ts';

/** The value as YAML that is safe to print: texts stand in double quotes, in which what a terminal might obey is written as an escape. */
export function yamlText(value: unknown): string {
  return stringify(value, {
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    lineWidth: 0,
    aliasDuplicateObjects: false,
  }).replace(SPECIAL_IN_JSON, escaped);
}

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return code.length > 4 ? String.raw`\U${code.padStart(8, '0')}` : String.raw`\u${code.padStart(4, '0')}`;
}
