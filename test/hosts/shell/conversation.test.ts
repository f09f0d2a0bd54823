import { afterEach, describe, expect, it } from 'vitest';
import { Unknown } from '../../../src/core/unknown.ts';
import { type Channel, type Open, programChannel } from '../../../src/hosts/shell/channel.ts';
import { Conversation } from '../../../src/hosts/shell/conversation.ts';
import { startWords } from '../../../src/hosts/shell/program.ts';
import type { Reply } from '../../../src/hosts/shell/replies.ts';
import type { Request } from '../../../src/hosts/shell/request.ts';

const [program = '', ...words] = startWords();
let talk: Conversation;
let shells: Channel[] = [];
afterEach(() => talk.end());

/** Opens the shell of this machine, and keeps in mind which ones were opened. */
const opened: Open = (hearer) => {
  const channel = programChannel(program, words)(hearer);
  shells.push(channel);
  return channel;
};

const begun = () => {
  shells = [];
  talk = new Conversation(opened);
  return talk;
};

const question = (kind: Request['kind'], all: readonly string[], ms = 5_000): Request => ({
  kind,
  words: all,
  ms,
  late: 'too late',
  bytes: 1_000_000,
});
const text = (reply: Reply | Unknown) => (reply instanceof Unknown ? reply : reply.parts[0]?.bytes.toString());

describe('a talk with a shell', () => {
  it('loses by a question that hangs just that question: another shell answers the rest', async () => {
    const { ask } = bound(begun());
    await ask(question('clock', []));
    const hangs = ask(question('now', ['sleep', '100']));
    const others = [ask(question('file', ['/proc/version'])), ask(question('asis', ['echo', 'here']))];
    expect(text(await (others[0] as Promise<Reply>))).toMatch(/^Linux/);
    expect(text(await (others[1] as Promise<Reply>))).toBe('here\n');
    expect(await hangs).toMatchObject({ kind: expect.stringMatching(/^(failed|timeout)$/) as string });
    expect(shells).toHaveLength(2);
  });

  it('goes on with another shell when one ends, and asks once more what that one owed', async () => {
    const { ask } = bound(begun());
    expect(text(await ask(question('clock', [])))).toMatch(/^[\d.]+ [\da-f-]+ /);
    const owed = ask(question('asis', ['sleep', '0.3']));
    const more = ask(question('asis', ['echo', 'still']));
    await new Promise((resolve) => setImmediate(resolve));
    process.kill(-(shells[0]?.pid ?? Number.NaN), 'SIGKILL');
    expect(text(await more)).toBe('still\n');
    expect(text(await owed)).toBe('');
    expect(shells).toHaveLength(2);
  });

  it('that never gave an answer lets each question wait for its own time and no longer', async () => {
    talk = new Conversation(programChannel('/bin/sleep', ['100']));
    const both = await Promise.all([talk.ask(question('file', ['/proc/version'], 300)), talk.ask(question('asis', ['true'], 400))]);
    expect(both.map((answer) => (answer as Unknown).reason)).toEqual(['too late', 'too late']);
  });

  it('gives up a host on which no shell ever answers, and says so at once', async () => {
    let ended: number | null | undefined;
    talk = new Conversation(programChannel('/bin/false', []), { ended: (exit) => (ended = exit) });
    expect(await talk.ask(question('clock', []))).toMatchObject({ kind: 'failed', asked: false, reason: 'the shell there ended' });
    expect(await talk.ask(question('clock', []))).toMatchObject({ kind: 'failed', asked: false });
    expect(ended).toBe(1);
  });

  it('runs no more than 32 programs at once, and all that were asked for', async () => {
    const { ask } = bound(begun());
    const all = await Promise.all(Array.from({ length: 80 }, (_, at) => ask(question('asis', ['echo', String(at)], 20_000))));
    expect(all.map(text)).toEqual(all.map((_, at) => `${at}\n`));
  });

  it('keeps no process of a question that took too long', async () => {
    const { ask } = bound(begun());
    const mark = `86398.${process.pid}`;
    expect(await ask(question('asis', ['sleep', mark], 300))).toMatchObject({ kind: 'timeout', reason: 'too late' });
    const running = async () => text(await ask(question('asis', ['pgrep', '-f', `^/usr/bin/sleep ${mark}`])));
    await expect.poll(running, { timeout: 5_000 }).toBe('');
  });
});

function bound(of: Conversation): { ask: Conversation['ask'] } {
  return { ask: (request) => of.ask(request) };
}
