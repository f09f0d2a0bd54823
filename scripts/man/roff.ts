/** Text as roff takes it: nothing in it is a request or an escape. */
export function roff(text: string): string {
  return text
    .replaceAll('\\', String.raw`\e`)
    .replaceAll('-', String.raw`\-`)
    .replaceAll(/^([.'])/gm, String.raw`\&$1`);
}

/** A word of a request, such as a heading's. */
export function quoted(text: string): string {
  return `"${roff(text).replaceAll('"', String.raw`\(dq`)}"`;
}

/** A term with what it means under it, indented. */
export function term(name: string, meaning: string): string {
  return `.TP\n\\fB${roff(name)}\\fR\n${roff(meaning)}\n`;
}

/** Lines as they are typed. */
export function typed(lines: readonly string[]): string {
  return `.PP\n.nf\n.RS 4\n${lines.map((line) => `${roff(line)}\n`).join('')}.RE\n.fi\n`;
}
