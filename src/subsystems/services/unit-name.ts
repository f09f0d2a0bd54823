/** As people say it: `caddy` for `caddy.service`; other suffixes are kept. */
export function shortName(unit: string): string {
  return unit.endsWith('.service') ? unit.slice(0, -'.service'.length) : unit;
}
