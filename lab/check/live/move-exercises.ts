import type { Exercise } from './exercise.ts';
import type { Act } from './keys.ts';
import type { LiveScreen } from './live-screen.ts';
import { signOf, toTab } from './tabs.ts';

type Move =
  | ('down' | 'up' | 'first' | 'last' | 'page-down' | 'page-up' | 'next-tab' | 'previous-tab' | 'tab' | 'open' | 'back')
  | ('next-item' | 'previous-item' | 'next-section' | 'previous-section' | 'node');

/** What goes to another row, tab or page. The nodes stand as ns2, ns1, ns3: the worst first. */
export const EXERCISES = {
  down: (on, key) => fromRow(on, 'g', () => on.brings(key, /^▌ ns1 /m)),
  up: (on, key) => fromRow(on, 'G', () => on.brings(key, /^▌ ns1 /m)),
  first: (on, key) => fromRow(on, 'G', () => on.brings(key, /^▌ ns2 /m)),
  last: (on, key) => fromRow(on, 'g', () => on.brings(key, /^▌ ns3 /m)),
  'page-down': (on, key) => fromRow(on, 'g', () => on.brings(key, /^▌ ns3 /m)),
  'page-up': (on, key) => fromRow(on, 'G', () => on.brings(key, /^▌ ns2 /m)),
  async 'next-tab'(on, key) {
    await toTab(on, 2);
    await on.brings(key, signOf(3));
  },
  async 'previous-tab'(on, key) {
    await toTab(on, 3);
    await on.brings(key, signOf(2));
  },
  async tab(on, key) {
    await toTab(on, key === '3' ? 2 : 3);
    if (key !== '9') return on.brings(key, signOf(Number(key)));
    // There is no ninth: the screen stays where it is, and goes on.
    on.press(key);
    await on.brings('j', /^▌ coredns /m);
    await on.shows(signOf(3));
  },
  async open(on, key) {
    await fromRow(on, 'g', () => on.brings(key, /Nodes › ns2/));
  },
  async back(on, key) {
    await onPage(on, () => on.takes(key, /Nodes › ns2/));
    await on.shows(/^▌ ns2 /m);
  },
  'next-item': (on, key) => onPage(on, () => on.brings(key, /Nodes › ns1/)),
  async 'previous-item'(on, key) {
    await onPage(on, async () => {
      await on.brings(']', /Nodes › ns1/);
      await on.brings(key, /Nodes › ns2/);
    });
  },
  'next-section': (on, key) => onPage(on, () => on.takes(key, /lines 1 to /)),
  async 'previous-section'(on, key) {
    await onPage(on, async () => {
      await on.takes('J', /lines 1 to /);
      await on.brings(key, /lines 1 to /);
    });
  },
  async node(on, key) {
    await toTab(on, 8);
    await on.brings(key, /Alerts › ns2/);
  },
} satisfies Readonly<Record<Extract<Act, Move>, Exercise>>;

async function fromRow(on: LiveScreen, key: 'g' | 'G', work: () => Promise<void>): Promise<void> {
  await toTab(on, 2);
  on.press(key);
  await on.shows(key === 'g' ? /^▌ ns2 /m : /^▌ ns3 /m);
  await work();
}

async function onPage(on: LiveScreen, work: () => Promise<void>): Promise<void> {
  await fromRow(on, 'g', async () => {
    await on.brings('enter', /Nodes › ns2/);
    await work();
  });
}
