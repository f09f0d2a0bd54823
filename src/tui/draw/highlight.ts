import { type Line, own } from '../../cli/render/line.ts';

/** The line with what the filter looks for marked wherever it stands within one ink. */
export function highlighted(line: Line, needle: string): Line {
  if (needle === '') return line;
  return line.flatMap(({ text, ink }) => {
    const small = text.toLowerCase();
    // A letter whose small form is longer would move the places.
    if (small.length !== text.length || !small.includes(needle)) return [own(text, ink)];
    const parts = [];
    let from = 0;
    for (let at = small.indexOf(needle); at !== -1; at = small.indexOf(needle, from)) {
      if (at > from) parts.push(own(text.slice(from, at), ink));
      parts.push(own(text.slice(at, at + needle.length), 'match'));
      from = at + needle.length;
    }
    return [...parts, own(text.slice(from), ink)];
  });
}
