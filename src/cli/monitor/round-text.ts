import type { Io } from '../io.ts';
import { pageText } from '../render/page.ts';
import { type Terminal, terminalOf } from '../render/terminal.ts';
import type { NamedFleet } from './fleet-for.ts';
import { reaches } from '../../fleet/reach.ts';
import type { Round } from './round.ts';
import type { View } from './view.ts';
import type { Wants } from './wants.ts';

/** What every round of one command shares. */
export interface Watched extends NamedFleet {
  view: View;
  wants: Wants;
}

/** The round in the form that was asked for. */
export async function roundText(io: Io, round: Round, { view, wants, nodes }: Watched): Promise<string> {
  if (wants.form === 'json' || wants.view === 'report') {
    return `${(await import('../../core/clean.ts')).printableJson(view.json(round, wants))}\n`;
  }
  if (wants.form === 'yaml') return (await import('../yaml-text.ts')).yamlText(view.json(round, wants));
  const seen = terminalOf(io.stdout, io.env);
  const terminal: Terminal = wants.form === 'wide' ? { ...seen, width: null } : seen;
  return pageText(terminal, view.page(round, { terminal, wants, reach: reaches(nodes) }));
}
