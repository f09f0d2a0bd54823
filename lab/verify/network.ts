import type { Figure } from './figure.ts';

/** The network, as ss, ip and ufw tell it. */
export const NETWORK: readonly Figure[] = [];
