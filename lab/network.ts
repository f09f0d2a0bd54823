import { LabError, ran, run } from './run.ts';

/** A bridge's name and an address range that nothing else on this machine uses: `wlab0`, `172.31.40`. */
export function freeNetwork(): { bridge: string; range: string } {
  const links = run(['ip', '-o', 'link']);
  const taken = run(['ip', '-o', '-4', 'addr']) + run(['ip', '-4', 'route', 'show', 'table', 'all']);
  return {
    bridge: firstFree('wlab', 0, (name) => !links.includes(`${name}:`)),
    range: firstFree('172.31.', 40, (range) => !taken.includes(`${range}.`)),
  };
}

/** Makes the bridge with the range's first address, unless it is there. */
export function makeBridge({ bridge, range }: { bridge: string; range: string }): void {
  if (linkExists(bridge)) return;
  run(['ip', 'link', 'add', bridge, 'type', 'bridge']);
  run(['ip', 'addr', 'add', `${range}.1/24`, 'dev', bridge]);
  run(['ip', 'link', 'set', bridge, 'up']);
}

/** Takes an interface or a bridge away; it may be gone already. */
export function removeLink(name: string): void {
  ran(['ip', 'link', 'del', name]);
}

/** Whether an interface is there. */
export function linkExists(name: string): boolean {
  return ran(['ip', 'link', 'show', name]).exit === 0;
}

function firstFree(lead: string, from: number, free: (name: string) => boolean): string {
  for (let number = from; number < from + 100; number += 1) if (free(`${lead}${number}`)) return `${lead}${number}`;
  throw new LabError(`no free name ${lead}N; take down old labs with: npm run lab -- down`);
}
