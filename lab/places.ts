import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What outlives a lab: the base system and the programs built for it. */
export const CACHE = process.env['WARD_LAB_CACHE'] ?? '/var/cache/wardround-lab';

/** The checkout that this lab belongs to. */
export const PROJECT = fileURLToPath(new URL('..', import.meta.url));

/** The running lab's own state, in the checkout: inventory, keys, which hosts there are. */
export const STATE = join(PROJECT, '.lab');

/** Layers and mount points of the hosts, outside the checkout so that no tool walks into them. */
export const HOSTS = join(CACHE, 'hosts');

/** A file of the lab's state. */
export const stateFile = (...names: string[]): string => join(STATE, ...names);

/** Programs that were built, by name and version. */
export const BINARIES = join(CACHE, 'bin');
