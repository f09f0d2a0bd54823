/** When a job runs, each field as the values that it allows (crontab(5)). */
export interface Schedule {
  minutes: readonly number[];
  hours: readonly number[];
  days: ReadonlySet<number>;
  months: ReadonlySet<number>;
  weekdays: ReadonlySet<number>;
  /** Whether a day must fit both fields: so it is where either begins with a star; else one of them is enough. */
  both: boolean;
}

interface Field {
  name: string;
  from: number;
  to: number;
  names: readonly string[];
}

const MINUTE: Field = { name: 'minute', from: 0, to: 59, names: [] };
const HOUR: Field = { name: 'hour', from: 0, to: 23, names: [] };
const DAY: Field = { name: 'day of the month', from: 1, to: 31, names: [] };
const MONTH: Field = {
  name: 'month',
  from: 1,
  to: 12,
  names: ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
};
const WEEKDAY: Field = { name: 'day of the week', from: 0, to: 7, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] };

/** What stands for five fields in one word; `@reboot` is none of them. */
export const WORDS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/** The schedule that five fields mean; throws an Error that names the field that is wrong. */
export function scheduleOf(text: string): Schedule {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = (WORDS[text] ?? text).split(/\s+/);
  return {
    minutes: values(minute, MINUTE),
    hours: values(hour, HOUR),
    days: new Set(values(day, DAY)),
    months: new Set(values(month, MONTH)),
    weekdays: new Set(values(weekday, WEEKDAY).map((each) => each % 7)),
    both: day.startsWith('*') || weekday.startsWith('*'),
  };
}

function values(text: string, field: Field): number[] {
  const all = text.split(',').flatMap((part) => valuesOf(part, field));
  return [...new Set(all)].sort((a, b) => a - b);
}

const PART = /^(?:\*|([a-z]{3}|\d{1,2})(?:-([a-z]{3}|\d{1,2}))?)(?:\/(\d{1,2}))?$/;

function valuesOf(part: string, field: Field): number[] {
  const matched = PART.exec(part.toLowerCase());
  if (matched === null) throw wrong(part, field);
  const [, first, last, step = '1'] = matched;
  const from = first === undefined ? field.from : numberOf(first, field);
  const to = last === undefined ? endOf(part, from, field) : numberOf(last, field);
  const by = Number(step);
  if (by === 0 || to < from) throw wrong(part, field);
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, at) => from + at * by);
}

/** A star goes to the end, and so does, in cronie, a number with a step; a number alone is itself. */
function endOf(part: string, from: number, { to }: Field): number {
  return part.startsWith('*') || part.includes('/') ? to : from;
}

function numberOf(word: string, field: Field): number {
  const value = /^\d/.test(word) ? Number(word) : field.names.indexOf(word);
  if (value < field.from || value > field.to) throw wrong(word, field);
  return value;
}

function wrong(part: string, { name }: Field): Error {
  return new Error(`"${part.slice(0, 40)}" is no ${name}`);
}
