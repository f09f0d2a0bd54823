import { type Answer, type Ask, asUnknown, type Parser } from './ask.ts';
import type { Answers } from './answers.ts';
import type { AnswerTo, Host, Kind, Question, Ran } from './host.ts';
import { questionText } from './question.ts';
import { failed, Unknown } from './unknown.ts';

/** All that may be asked once; comparing two looks is not among it. */
export type Questioner = Omit<Ask, 'change' | 'since'>;

/** The questions of one look at a host: equal ones are put once. */
export function questions(host: Host, { expect }: Answers): Questioner {
  const put = putOnce(host, expect);
  return {
    read: <T>(path: string, parse: Parser<string, T> = whole as Parser<string, T>) => put('read', { path }, parse),
    readEach: (pattern, parse) => put('readEach', { pattern }, parse),
    list: (path) => put('list', { path }, whole),
    stat: (path) => put('stat', { path }, whole),
    statfs: (path) => put('statfs', { path }, whole),
    run: (words, parse) => put('run', ran(words), (answer) => parse(outputOf(answer))),
    ran: (words) => put('run', ran(words), whole),
    http: (request, parse) => put('http', { method: 'GET', body: '', ...request }, parse),
    exchange: (to, send = '', until = '') => put('exchange', { to, send, until }, whole),
    lookup: (server, name, type) => put('lookup', { server, name, type }, whole),
    certificate: (to, name) => put('certificate', { to, name }, whole),
    unit: (name) => put('unit', { name }, whole),
    units: (state) => put('units', { state }, whole),
    timers: () => put('timers', {}, whole),
    journal: (unit, since_s, limit) => put('journal', { unit, since_s, limit }, whole),
    owners: (inodes) => put('owners', { inodes }, whole),
    programs: (pids) => put('programs', { pids }, whole),
    clock: () => put('clock', {}, whole),
    after: (from, next) =>
      expect(
        from.settled.then(() => {
          const then = next(from());
          return then.settled.then(() => then());
        }),
      ),
    all: (answers, derive) => expect(Promise.all(answers.map(({ settled }) => settled)).then(derive)),
    each: (list, item) => expect(list.settled.then(() => list().map((value) => item(value)))),
  };
}

type Put = <K extends Kind, T>(kind: K, question: Question<K>, parse: Parser<AnswerTo<K>, T>) => Answer<T>;

function putOnce(host: Host, expect: Answers['expect']): Put {
  const memory = new Map<string, Promise<unknown>>();
  return <K extends Kind, T>(kind: K, question: Question<K>, parse: Parser<AnswerTo<K>, T>) => {
    const text = questionText(kind, question);
    const asked = (memory.get(text) ?? host.ask(kind, question)) as Promise<AnswerTo<K> | Unknown>;
    memory.set(text, asked);
    return expect(asked.then((came) => (came instanceof Unknown ? came.from(text) : parsedFrom(text, came, parse))));
  };
}

function whole<T>(value: T): T {
  return value;
}

function ran([program, ...words]: readonly [string, ...string[]]): Question<'run'> {
  return { program, words };
}

function parsedFrom<From, T>(question: string, answer: From, parse: Parser<From, T>): T | Unknown {
  try {
    return parse(answer);
  } catch (error) {
    return asUnknown(error).from(question);
  }
}

function outputOf({ exit, stdout, stderr }: Ran): string {
  if (exit === 0) return stdout;
  throw failed(`exit ${exit}${stderr === '' ? '' : `, ${stderr.split('\n')[0]}`}`);
}
