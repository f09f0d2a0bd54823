import { join } from 'node:path';
import type { Host, Kind, Question } from '../../../../src/core/host.ts';
import type { Unknown } from '../../../../src/core/unknown.ts';
import { withDeadline } from '../../../../src/hosts/deadline.ts';
import { programChannel } from '../../../../src/hosts/shell/channel.ts';
import { Conversation } from '../../../../src/hosts/shell/conversation.ts';
import { shellHost } from '../../../../src/hosts/shell/host.ts';
import { startWords } from '../../../../src/hosts/shell/program.ts';
import { localHost } from '../../../../src/hosts/local.ts';

// On a hung machine: asks all that may hang, itself or through the shell whose words are named, under one deadline, and prints what came, after how long, and how much longer the process had to stay.
const [ms = '', folder = '', ...sh] = process.argv.slice(2);
const [program = '', ...words] = startWords(sh);
const talk = sh.length === 0 ? null : new Conversation(programChannel(program, words));
const host: Host = withDeadline(talk === null ? localHost(Number(ms)) : shellHost(talk, Number(ms)), Number(ms));
const hung = join(folder, 'hung');
const http = { method: 'GET', path: '/', body: '' };

const questions: { [K in Kind]?: Question<K>[] } = {
  read: [{ path: join(hung, 'file') }, { path: join(folder, 'link/file') }],
  readEach: [{ pattern: join(hung, '*') }],
  list: [{ path: hung }],
  stat: [{ path: hung }, { path: join(folder, 'link') }],
  statfs: [{ path: hung }],
  run: [{ program: 'sleep', words: ['1000'] }],
  http: [
    { ...http, to: 'http://127.0.0.1:700' },
    { ...http, to: 'http://nobody.example.net:700' },
  ],
  exchange: [
    { to: '127.0.0.1:700', send: 'x', until: 'y' },
    { to: 'nobody.example.net:700', send: '', until: '' },
  ],
  lookup: [{ server: '127.0.0.1:53', name: 'example.net', type: 'A' }],
  certificate: [
    { to: '127.0.0.1:700', name: 'example.net' },
    { to: 'nobody.example.net:700', name: 'example.net' },
  ],
};

const begun_ms = performance.now();
const asked = Object.entries(questions).flatMap(([kind, each]) =>
  each.map((question) => host.ask(kind as 'read', question as Question<'read'>).then((answer) => [kind, answer] as const)),
);
const answers = (await Promise.all(asked)).map(([kind, answer]) => `${kind} ${(answer as unknown as Unknown).kind}`);
const done_ms = performance.now();
talk?.end();
process.once('exit', () =>
  process.stdout.write(JSON.stringify({ answers, took_ms: done_ms - begun_ms, stayed_ms: performance.now() - done_ms })),
);
