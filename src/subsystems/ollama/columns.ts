import type { NodeSection } from '../../core/rule.ts';
import type { Columns } from '../../core/subsystem.ts';
import { age, listed, many, size, sizeInWords } from '../../core/units.ts';
import { ABSENT, type Block, type Cell, type Column, type Row, shown, type Table } from '../../core/view.ts';
import { fitsNow } from './room.ts';
import type { Loaded, Model, Ollama } from './section.ts';

/** How models show: those in memory first, with what each would need. */
export const columns: Columns<Ollama> = {
  summary,
  page: ({ section }) => page(section),
  fleet: (fleet) => (fleet.length === 0 ? [] : [fleetTable(fleet)]),
};

function fleetTable(fleet: readonly NodeSection<Ollama>[]): Table {
  const rows = fleet.flatMap(({ node, section }) => rowsOf(section).map((row) => ({ cells: withNode(row.cells, node.name) })));
  const unread = fleet.filter(({ section }) => section.models === null).length;
  const table = tableOf([{ title: 'NODE', min: 4, max: 24, priority: 1 }], rows);
  return unread === 0 ? table : { ...table, note: `Models were not read on ${many(unread, 'node')}.` };
}

/** `0.6.8, 9 models of 21 GiB; qwen2.5-coder:1.5b in memory, 1.1 GiB`. */
function summary({ section: { responsive, version, models, loaded } }: NodeSection<Ollama>): Cell {
  if (responsive === false) return { text: 'Does not answer', role: 'warn' };
  if (models === null) return { text: 'Models not read', role: 'muted' };
  const all = models.reduce((sum, { size_bytes }) => sum + size_bytes, 0);
  const begin = `${version ?? 'Version not read'}, ${many(models.length, 'model')}${models.length === 0 ? '' : ` of ${sizeInWords(all)}`}`;
  const named = (loaded ?? []).map(({ name, size_bytes }) => `${name} with ${sizeInWords(size_bytes)}`);
  return `${begin}; ${named.length === 0 ? 'none in memory' : `in memory: ${listed(named)}`}`;
}

function page(section: Ollama): Block[] {
  if (section.models === null) return [{ kind: 'fact', label: 'Models', value: shown(null, String) }];
  return [tableOf([], rowsOf(section))];
}

const MODEL: Column = { title: 'Models', min: 16, max: 40, priority: 1 };
const FURTHER: readonly Column[] = [
  { title: 'SIZE', min: 5, align: 'right', priority: 2 },
  { title: 'IN MEMORY', min: 18, priority: 1 },
  { title: 'UNLOADS', min: 7, align: 'right', priority: 3 },
  { title: 'FITS NOW', min: 8, priority: 4 },
  { title: 'PARAMETERS', min: 10, align: 'right', priority: 6 },
  { title: 'QUANTISED', min: 9, priority: 7 },
  { title: 'CHANGED', min: 7, align: 'right', priority: 8 },
];

function tableOf(second: readonly Column[], rows: readonly Row[]): Table {
  return {
    kind: 'table',
    columns: [MODEL, ...second, ...FURTHER],
    count: String(rows.length),
    rows,
    note: rows.length === 0 ? 'No models.' : '',
  };
}

function withNode([first = '', ...rest]: readonly Cell[], node: string): Cell[] {
  return [first, node, ...rest];
}

function rowsOf({ models, loaded, memory_available_bytes: available }: Ollama): Row[] {
  const inMemory = (name: string) => loaded?.find((each) => each.name === name) ?? null;
  const rank = ({ name, size_bytes }: Model) => (inMemory(name) === null ? 0 : 2 ** 60) + size_bytes;
  return [...(models ?? [])].sort((a, b) => rank(b) - rank(a)).map((model) => ({ cells: cellsOf(model, inMemory(model.name), available) }));
}

function cellsOf(model: Model, loaded: Loaded | null, available: number | null): Cell[] {
  return [
    model.name,
    size(model.size_bytes),
    loaded === null ? ABSENT : whereItIs(loaded),
    loaded === null ? ABSENT : loaded.expires_sec === null ? 'stays' : age(loaded.expires_sec),
    loaded === null ? fitsCell(model, available) : ABSENT,
    { text: model.parameters || '–', role: 'muted' },
    { text: model.quantization || '–', role: 'muted' },
    shown(model.modified_sec, (seconds) => ({ text: age(seconds), role: 'muted' })),
  ];
}

/** `1.1G RAM`, `0.4G RAM, 6.0G VRAM`. */
function whereItIs({ size_bytes, vram_bytes }: Loaded): string {
  const ram = Math.max(0, size_bytes - vram_bytes);
  return [...(ram > 0 ? [`${size(ram)} RAM`] : []), ...(vram_bytes > 0 ? [`${size(vram_bytes)} VRAM`] : [])].join(', ');
}

function fitsCell(model: Model, available: number | null): Cell {
  return shown(fitsNow(model, available), (fits) => (fits ? 'yes' : { text: 'no', role: 'warn' }));
}
