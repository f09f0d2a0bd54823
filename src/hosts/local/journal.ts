import type { JournalLine, Question } from '../../core/host.ts';
import { absent, denied, failed, Unknown } from '../../core/unknown.ts';
import { scrubbed } from '../../core/scrub.ts';
import { inOneTurn } from './in-one-turn.ts';
import { DEADLINES, type Left, MIB } from './limits.ts';
import { run } from './run.ts';
import { NO_SYSTEMD, systemdRuns } from './systemd/here.ts';

/** Longer lines are cut: evidence, not an archive. */
const MOST_LETTERS = 2_000;
/** So many lines are read for each that is wanted: a talkative unit beside it must not crowd out a quiet one. */
const READ_FOR_EACH = 10;
const MOST_LINES = 5_000;
const MOST_BYTES = 8 * MIB;

type Asked = Question<'journal'>;

/** How journalctl is run, and what has to be known for that: for this machine, or another. */
export interface JournalOf {
  run: typeof run;
  runs(): boolean | Unknown | Promise<boolean | Unknown>;
}

const HERE: JournalOf = { run, runs: systemdRuns };

/** Gathers all that is asked of the journal in one turn into one journalctl. */
export function journal(left: Left, of: JournalOf = HERE): (question: Asked) => Promise<JournalLine[] | Unknown> {
  const read = (questions: readonly Asked[]) => entriesOf(questions, of.run, left(DEADLINES.command));
  const readTogether = inOneTurn(read);
  return async (question) => {
    const here = await of.runs();
    if (here !== true) return here === false ? NO_SYSTEMD : here;
    const all = await readTogether(question);
    if (all instanceof Unknown) return all;
    const found = own(all.entries, question);
    if (!all.cut || found.length >= question.limit || all.questions === 1) return found;
    // What talkative units left no room for is asked for once more, by itself.
    const alone = await read([question]);
    return alone instanceof Unknown ? alone : own(alone.entries, question);
  };
}

interface Entries {
  /** For how many they were read. */
  questions: number;
  entries: Entry[];
  /** Whether there is more than was read. */
  cut: boolean;
}

interface Entry {
  unit: string;
  at_s: number;
  text: string;
}

async function entriesOf(questions: readonly Asked[], runs: typeof run, ms: number): Promise<Entries | Unknown> {
  const since_s = Math.max(...questions.map((each) => each.since_s));
  const limit = Math.min(MOST_LINES, questions.reduce((sum, each) => sum + each.limit, 0) * READ_FOR_EACH);
  const units = [...new Set(questions.map(({ unit }) => unit))].flatMap((unit) => ['-u', unit]);
  const answer = await runs('journalctl', [...JSON_WORDS, `--since=-${since_s}s`, '-n', String(limit), ...units], {
    ms,
    bytes: MOST_BYTES,
  });
  if (answer instanceof Unknown) return answer;
  if (/permission|not seeing/i.test(answer.stderr)) return denied('this user may not read the journal');
  if (/No journal files/.test(answer.stderr)) return absent('there is no journal here');
  if (answer.exit !== 0) return failed(`journalctl ended with ${answer.exit}: ${answer.stderr.split('\n')[0]}`);
  const lines = answer.stdout.split('\n').filter((line) => line !== '');
  return { questions: questions.length, entries: lines.flatMap(entry), cut: lines.length >= limit };
}

// Not --quiet: it hides that other users' lines may not be seen, and an empty answer would pass for an empty log.
const JSON_WORDS = ['--no-pager', '--output=json', '--output-fields=MESSAGE,_SYSTEMD_UNIT,UNIT,OBJECT_SYSTEMD_UNIT'];

function entry(line: string): Entry[] {
  try {
    const fields = JSON.parse(line) as Record<string, unknown>;
    const unit = fields['UNIT'] ?? fields['OBJECT_SYSTEMD_UNIT'] ?? fields['_SYSTEMD_UNIT'];
    const at_s = Number(fields['__REALTIME_TIMESTAMP']) / 1_000_000;
    return typeof unit === 'string' && Number.isFinite(at_s) ? [{ unit, at_s: Math.floor(at_s), text: message(fields['MESSAGE']) }] : [];
  } catch {
    return [];
  }
}

/** Text, or a list of bytes where the message is not plain text; null where it is too large for the journal to give. */
function message(value: unknown): string {
  const text = Array.isArray(value) ? Buffer.from(value as number[]).toString('utf8') : typeof value === 'string' ? value : '';
  return scrubbed(text.slice(0, MOST_LETTERS));
}

/** The newest of one unit, as far back as was asked. */
function own(entries: readonly Entry[], { unit, since_s, limit }: Asked): JournalLine[] {
  const oldest_s = Date.now() / 1000 - since_s;
  return entries
    .filter((each) => each.unit === unit && each.at_s >= oldest_s)
    .slice(-limit)
    .map(({ at_s, text }) => ({ at_s, text }));
}
