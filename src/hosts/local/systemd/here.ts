import { existsSync } from 'node:fs';
import { absent } from '../../../core/unknown.ts';

/** Whether systemd is this machine's first process, as sd_booted(3) tells. */
export const systemdRuns = (): boolean => existsSync('/run/systemd/system');

export const NO_SYSTEMD = absent('no systemd runs here');
