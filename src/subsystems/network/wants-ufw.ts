import { type ProfileName, PROFILES } from '../../core/profile.ts';
import type { Network } from './section.ts';

/** Whether UFW must be active: as the report says, else (a report of the original program does not) as its profile does. */
export function wantsUfw({ ufw_expected: expected }: Network, profile: ProfileName): boolean {
  return expected ?? PROFILES[profile].network.ufw;
}
