import { nearest } from '../core/nearest.ts';
import { listed } from '../core/units.ts';
import type { Look } from './look.ts';
import { nodeStatus } from '../cli/monitor/status.ts';
import { findingsOf, shownNodes } from '../cli/monitor/round.ts';
import { TABS } from './tabs.ts';
import type { Ui } from './ui.ts';

/** A word that can be typed behind the colon. */
export interface CommandLine {
  name: string;
  usage: string;
  help: string;
}

/** All commands but the names of tabs. */
export const COMMANDS: readonly CommandLine[] = [
  { name: 'alerts', usage: ':alerts', help: 'or any other tab' },
  { name: 'node', usage: ':node ns2', help: 'open a node' },
  { name: 'env', usage: ':env testnet', help: 'another environment' },
  { name: 'sort', usage: ':sort cpu', help: 'by a column; twice: all mixed' },
  { name: 'save', usage: ':save FILE', help: 'this screen as text' },
  { name: 'quit', usage: ':quit', help: 'quit' },
];

/** What a command does. */
export type Effect = { kind: 'ui'; ui: Ui } | { kind: 'save'; path: string } | { kind: 'environment'; name: string } | { kind: 'quit' };

/** One line that could be meant, and what it is. */
export interface Offer {
  text: string;
  about: string;
}

/** What could be meant, the worst node first. */
export function offers(typed: string, look: Look, columns: readonly string[]): Offer[] {
  const nodes = shownNodes(look.round).map((node) => ({
    text: `node ${node.name}`,
    about: nodeStatus(node, findingsOf(look.round, node.name)),
  }));
  const rank = ({ about }: Offer) => ['unreachable', 'not read', 'critical', 'warning'].indexOf(about) >>> 0;
  const all: Offer[] = [
    ...nodes.sort((a, b) => rank(a) - rank(b)),
    ...TABS.map(({ title }, at) => ({ text: title.toLowerCase(), about: `tab ${at + 1}` })),
    ...elsewhere(look).map((name) => ({ text: `env ${name}`, about: 'environment' })),
    ...columns.map((column) => ({ text: `sort ${column.toLowerCase()}`, about: 'sort by this column' })),
    ...COMMANDS.filter(({ name }) => name === 'save' || name === 'quit').map(({ name, help }) => ({ text: name, about: help })),
  ];
  const begun = typed.trimStart().toLowerCase();
  return all.filter(({ text }) => text.toLowerCase().startsWith(begun));
}

/** Runs what was typed. What is not known changes nothing but what is said. */
export function commanded(typed: string, ui: Ui, look: Look): Effect {
  const [word = '', ...rest] = typed.trim().split(/ +/);
  const name = word.toLowerCase();
  const argument = rest.join(' ');
  const calm: Ui = { ...ui, mode: 'browse', command: '', said: '' };
  if (name === '') return { kind: 'ui', ui: calm };
  if ('quit'.startsWith(name)) return { kind: 'quit' };
  return WITH_ARGUMENT.get(name)?.(argument, calm, look) ?? toTab(typed.trim(), calm);
}

/** Commands that need more than their name. */
const WITH_ARGUMENT: ReadonlyMap<string, (argument: string, ui: Ui, look: Look) => Effect> = new Map([
  ['save', (path: string, ui: Ui) => (path === '' ? said(ui, 'save needs the name of a file') : { kind: 'save', path })],
  ['sort', (column: string, ui: Ui) => ({ kind: 'ui', ui: sorted(ui, column) })],
  ['node', nodeOpened],
  ['env', environmentNamed],
]);

function toTab(typed: string, ui: Ui): Effect {
  const begun = typed.toLowerCase();
  const tab = TABS.findIndex(({ title, short }) => title.toLowerCase().startsWith(begun) || short.toLowerCase() === begun);
  if (tab !== -1) return { kind: 'ui', ui: { ...ui, tab, pages: [], scroll: 0 } };
  const near = nearest(begun.split(' ')[0] ?? '', [...TABS.map(({ title }) => title.toLowerCase()), ...COMMANDS.map(({ name }) => name)]);
  return said(ui, `There is no command "${typed}"${near === null ? '' : `; nearest is ${near}`}`);
}

function said(ui: Ui, sentence: string): Effect {
  return { kind: 'ui', ui: { ...ui, said: sentence } };
}

function sorted(ui: Ui, column: string): Ui {
  const before = ui.sort[ui.tab]?.toLowerCase();
  if (column === '') return { ...ui, sort: { ...ui.sort, [ui.tab]: '' }, mixed: false };
  return { ...ui, sort: { ...ui.sort, [ui.tab]: column }, mixed: before === column.toLowerCase() && !ui.mixed };
}

/** Environments of the inventory beside the one that is shown. */
function elsewhere({ environments, round }: Look): string[] {
  return environments.filter((name) => name !== round.snapshot.environment);
}

function environmentNamed(name: string, ui: Ui, look: Look): Effect {
  const others = elsewhere(look);
  if (others.includes(name)) return { kind: 'environment', name };
  if (name === look.round.snapshot.environment) return said(ui, `${name} is what is shown.`);
  if (others.length === 0) return said(ui, 'The inventory has no other environment.');
  const near = nearest(name, others);
  return said(ui, `No environment is called "${name}"; ${near === null ? `there are ${listed(others)}` : `nearest is ${near}`}`);
}

function nodeOpened(name: string, ui: Ui, { round }: Look): Effect {
  const names = round.snapshot.nodes.map((node) => node.name);
  const found = names.find((each) => each === name) ?? names.find((each) => each.startsWith(name) && name !== '');
  if (found !== undefined) return { kind: 'ui', ui: { ...ui, pages: [{ kind: 'node', name: found }], scroll: 0 } };
  const near = nearest(name, names);
  return said(ui, `No node is called "${name}"${near === null ? '' : `; nearest is ${near}`}`);
}
