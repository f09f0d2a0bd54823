import { readFileSync } from 'node:fs';
import { transcript } from '../../../src/hosts/transcript.ts';

const RECORDED = new URL('../../../src/subsystems/wireguard/cases/healthy/ns1.txt', import.meta.url);

/** A machine with two peers in its mesh, 10.0.0.2 at 203.0.113.12 and 10.0.0.3 at 203.0.113.13, that also answers what these lines say. */
export function meshMachine(lines: readonly string[] = []) {
  return transcript(`${readFileSync(RECORDED, 'utf8')}\n${lines.join('\n')}\n`);
}
