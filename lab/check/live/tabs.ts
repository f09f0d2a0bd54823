import type { LiveScreen } from './live-screen.ts';

/** What only this tab shows of the lab, by the tab's number. */
export const TAB_SIGNS: readonly RegExp[] = [
  /^ {2}Subsystems /m,
  /^ {2}Nodes 3 (?![\s\S]*^ {2}Subsystems )/m,
  /^ {2}Units \d+ /m,
  /^ {2}Mesh 3 /m,
  /^ {2}DNS 3 /m,
  /No namespaces on the 3 nodes read\./,
  /No containers on the 3 nodes read\./,
  /^ {2}Alerts \d (?![\s\S]*^ {2}Subsystems )/m,
];

/** What this tab shows. */
export function signOf(tab: number): RegExp {
  return TAB_SIGNS[tab - 1] ?? /$^/;
}

/** Goes to a tab, whatever page was open, and waits until it is there. */
export async function toTab(on: LiveScreen, tab: number): Promise<void> {
  on.press(String(tab));
  await on.shows(signOf(tab));
}
