import type { LiveScreen } from './live-screen.ts';

/** Brings the screen to where the key is of use, presses it, and waits for what the help says of it. While shop-api of ns2 has failed and CoreDNS of ns1 is down. */
export type Exercise = (on: LiveScreen, key: string) => Promise<void>;
