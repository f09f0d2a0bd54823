import type { Answer, Ask } from '../../core/ask.ts';
import { fits } from '../../core/settings.ts';

const FILES = '/etc/systemd/system';
/** What starts with the machine: systemd keeps a link for each (systemd.unit(5), [Install]). */
const ENABLED = `${FILES}/multi-user.target.wants`;
const SERVICE_NAME = /^[\w:.@\\-]{1,247}\.service$/;
const MOST = 40;

/** Services that nobody named: first those whose file fits one of the profile's patterns, then those that start with the machine. */
export function otherUnits(ask: Ask, named: readonly string[], patterns: readonly string[]): Answer<string[]> {
  const enabled = ask.list(ENABLED);
  const files = patterns.length === 0 ? enabled : ask.list(FILES);
  return ask.all([enabled, files], () => {
    const fitting = files().filter((name) => isPatterned(name, patterns));
    const all = new Set([...fitting, ...enabled()]);
    return [...all].filter((name) => SERVICE_NAME.test(name) && !named.includes(name)).slice(0, MOST);
  });
}

/** Whether the profile wants every unit of such a name to run. */
export function isPatterned(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => fits(pattern, name));
}
