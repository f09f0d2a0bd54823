import type { Key } from './screen/key-decoder.ts';

export type Action =
  | 'down'
  | 'up'
  | 'first'
  | 'last'
  | 'page-down'
  | 'page-up'
  | 'next-tab'
  | 'previous-tab'
  | 'tab'
  | 'open'
  | 'back'
  | 'next-item'
  | 'previous-item'
  | 'next-section'
  | 'previous-section'
  | 'node'
  | 'filter'
  | 'problems'
  | 'sort'
  | 'preview'
  | 'fold'
  | 'log'
  | 'zone'
  | 'faster'
  | 'slower'
  | 'columns-right'
  | 'columns-left'
  | 'copy'
  | 'ssh'
  | 'refresh'
  | 'command'
  | 'help'
  | 'redraw'
  | 'stop'
  | 'quit';

/** What a key needs to be of use: shown in the key bar only then. */
export type Needs = 'entry' | 'list' | 'page' | 'step' | 'log' | 'remote' | 'node' | 'children' | 'more-columns' | 'nothing';

/** One line of the key table, from which keys, key bar and help are made. */
export interface KeyLine {
  keys: readonly Key[];
  /** As the help shows the keys. */
  label: string;
  action: Action;
  group: 'Move' | 'Look' | 'Act';
  help: string;
  /** Its words in the key bar, with the short ones for little room, and its rank there; absent where it is never shown. */
  bar?: { words: string; short: string; rank: number; needs: Needs };
}

/** Every key of the screen. */
export const KEY_TABLE: readonly KeyLine[] = [
  { keys: ['j', 'down'], label: 'j ↓', action: 'down', group: 'Move', help: 'next row' },
  { keys: ['k', 'up'], label: 'k ↑', action: 'up', group: 'Move', help: 'previous row' },
  { keys: ['g', 'home'], label: 'g', action: 'first', group: 'Move', help: 'first row' },
  { keys: ['G', 'end'], label: 'G', action: 'last', group: 'Move', help: 'last row' },
  { keys: ['page-down', 'ctrl-d'], label: 'PgDn', action: 'page-down', group: 'Move', help: 'a page down' },
  { keys: ['page-up', 'ctrl-u'], label: 'PgUp', action: 'page-up', group: 'Move', help: 'a page up' },
  { keys: ['tab', 'l'], label: 'Tab l', action: 'next-tab', group: 'Move', help: 'next tab' },
  { keys: ['shift-tab', 'h'], label: 'Shift+Tab h', action: 'previous-tab', group: 'Move', help: 'previous tab' },
  { keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'], label: '1 to 9', action: 'tab', group: 'Move', help: 'tab by its number' },
  {
    keys: ['enter'],
    label: 'Enter',
    action: 'open',
    group: 'Move',
    help: 'open',
    bar: { words: 'open', short: 'open', rank: 1, needs: 'entry' },
  },
  {
    keys: ['escape', 'backspace'],
    label: 'Esc',
    action: 'back',
    group: 'Move',
    help: 'back, clear',
    bar: { words: 'back', short: 'back', rank: 0, needs: 'page' },
  },
  {
    keys: [']'],
    label: ']',
    action: 'next-item',
    group: 'Move',
    help: 'next item of the list',
    bar: { words: 'next', short: 'next', rank: 2, needs: 'page' },
  },
  {
    keys: ['['],
    label: '[',
    action: 'previous-item',
    group: 'Move',
    help: 'previous item',
    bar: { words: 'previous', short: 'prev', rank: 3, needs: 'page' },
  },
  {
    keys: ['J'],
    label: 'J',
    action: 'next-section',
    group: 'Move',
    help: 'next section',
    bar: { words: 'next section', short: 'section', rank: 4, needs: 'page' },
  },
  { keys: ['K'], label: 'K', action: 'previous-section', group: 'Move', help: 'previous section' },
  {
    keys: ['n'],
    label: 'n',
    action: 'node',
    group: 'Move',
    help: "page of the row's node",
    bar: { words: 'node page', short: 'node', rank: 9, needs: 'node' },
  },
  {
    keys: ['/'],
    label: '/ and /!',
    action: 'filter',
    group: 'Look',
    help: 'show or hide what fits',
    bar: { words: 'filter', short: 'filter', rank: 5, needs: 'list' },
  },
  {
    keys: ['e'],
    label: 'e',
    action: 'problems',
    group: 'Look',
    help: 'problems only',
    bar: { words: 'problems only', short: 'problems', rank: 6, needs: 'list' },
  },
  {
    keys: ['s'],
    label: 's',
    action: 'sort',
    group: 'Look',
    help: 'sort by next column',
    bar: { words: 'sort by', short: 'sort', rank: 10, needs: 'list' },
  },
  { keys: ['p'], label: 'p', action: 'preview', group: 'Look', help: 'preview on or off' },
  {
    keys: ['space'],
    label: 'Space',
    action: 'fold',
    group: 'Look',
    help: 'fold or unfold',
    bar: { words: 'fold', short: 'fold', rank: 7, needs: 'children' },
  },
  {
    keys: ['right'],
    label: '→',
    action: 'columns-right',
    group: 'Look',
    help: 'further columns',
    bar: { words: 'columns', short: 'columns', rank: 7, needs: 'more-columns' },
  },
  { keys: ['left'], label: '←', action: 'columns-left', group: 'Look', help: 'columns before' },
  {
    keys: ['L'],
    label: 'L',
    action: 'log',
    group: 'Look',
    help: 'log lines',
    bar: { words: 'log lines', short: 'log', rank: 9, needs: 'log' },
  },
  { keys: ['t'], label: 't', action: 'zone', group: 'Look', help: 'local time or UTC' },
  { keys: ['+', '='], label: '+', action: 'faster', group: 'Look', help: 'refresh more often' },
  { keys: ['-'], label: '-', action: 'slower', group: 'Look', help: 'refresh less often' },
  {
    keys: ['y'],
    label: 'y',
    action: 'copy',
    group: 'Act',
    help: 'copy the next step',
    bar: { words: 'copy next step', short: 'copy step', rank: 8, needs: 'step' },
  },
  {
    keys: ['!'],
    label: '!',
    action: 'ssh',
    group: 'Act',
    help: "ssh to the row's node",
    bar: { words: 'ssh to node', short: 'ssh', rank: 8, needs: 'remote' },
  },
  { keys: ['r'], label: 'r', action: 'refresh', group: 'Act', help: 'read all nodes now' },
  {
    keys: [':'],
    label: ':',
    action: 'command',
    group: 'Act',
    help: 'command',
    bar: { words: 'command', short: 'command', rank: 11, needs: 'nothing' },
  },
  {
    keys: ['?'],
    label: '?',
    action: 'help',
    group: 'Act',
    help: 'this help',
    bar: { words: 'help', short: 'help', rank: 90, needs: 'nothing' },
  },
  { keys: ['ctrl-l'], label: 'Ctrl+L', action: 'redraw', group: 'Act', help: 'draw all anew' },
  { keys: ['ctrl-z'], label: 'Ctrl+Z', action: 'stop', group: 'Act', help: 'stop; fg comes back' },
  {
    keys: ['q', 'ctrl-c'],
    label: 'q',
    action: 'quit',
    group: 'Act',
    help: 'quit',
    bar: { words: 'quit', short: 'quit', rank: 91, needs: 'nothing' },
  },
];

const BY_KEY = new Map(KEY_TABLE.flatMap(({ keys, action }) => keys.map((key) => [key, action] as const)));

/** What the key does while lists and pages are read; undefined for nothing. */
export function actionOf(key: Key): Action | undefined {
  return BY_KEY.get(key);
}
