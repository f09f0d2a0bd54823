import { many } from '../../core/units.ts';
import type { Table } from '../../core/view.ts';
import type { ScannedKey } from '../../fleet/trust.ts';
import { asked } from '../asked.ts';
import type { Io } from '../io.ts';
import { pageText } from '../render/page.ts';
import { tableLines } from '../render/table.ts';
import type { Terminal } from '../render/terminal.ts';

/** The keys that machines show, in one table. */
export function hostKeysPage(terminal: Terminal, scanned: readonly ScannedKey[]): string {
  const names = new Set(scanned.map(({ node }) => node));
  return pageText(terminal, [tableLines(terminal, tableOf(scanned), { names, all: true })]);
}

/** Whether the person says that these are the right keys; no word but yes counts. */
export async function agreedTo(io: Io, open: readonly ScannedKey[]): Promise<boolean> {
  const what = `Type yes to trust ${many(open.length, 'key')}: `;
  return (await asked(io, `Are these the fingerprints that the consoles of the machines show? ${what}`)) === 'yes';
}

const STANDINGS: Record<ScannedKey['standing'], { text: string; role: 'ok' | 'warn' | 'crit' | 'muted' }> = {
  known: { text: '✓ known', role: 'ok' },
  new: { text: '! new', role: 'warn' },
  changed: { text: '✗ changed', role: 'crit' },
  unknown: { text: '? no key', role: 'muted' },
};

function tableOf(scanned: readonly ScannedKey[]): Table {
  return {
    kind: 'table',
    columns: [
      { title: 'Host keys', min: 8, max: 24, priority: 1 },
      { title: 'STATUS', min: 13, priority: 1 },
      { title: 'TYPE', min: 8, priority: 2 },
      { title: 'FINGERPRINT', min: 50, priority: 1, whole: true },
    ],
    count: String(scanned.length),
    rows: scanned.map(({ node, key, standing, problem }) =>
      key === null
        ? { cells: [node, STANDINGS[standing]], across: problem }
        : { cells: [node, STANDINGS[standing], key.type, key.fingerprint] },
    ),
    note: scanned.flatMap(elsewhereText).join(' '),
  };
}

function elsewhereText({ node, elsewhere }: ScannedKey): string[] {
  return elsewhere === null ? [] : [`For ${node} another key stands in ${elsewhere}; until it is taken away there, ssh goes on refusing.`];
}
