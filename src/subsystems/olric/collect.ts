import { type Answer, type Ask, once, present } from '../../core/ask.ts';
import type { JournalLine } from '../../core/host.ts';
import { type Json, json } from '../../core/json.ts';
import { anySign, isItself, placeOf, serverOf, told, works } from '../../core/presence.ts';
import type { Profile } from '../../core/profile.ts';
import { type AskedSection, type Fields, when } from '../../core/section.ts';
import { absent, unparsed } from '../../core/unknown.ts';
import { type Reply, replies } from './resp.ts';
import type { Olric } from './section.ts';

/** Both questions on one connection; the reply to the last ends the answer. A server that wants a password refuses the PING before them. */
const QUESTIONS = 'STATS\r\nCLUSTER.MEMBERS\r\nPING\r\n';
const END = '+PONG\r\n';

/** What Olric said: its own figures, and its members as (name, birth, whether it coordinates). */
interface Told {
  stats: Json;
  members: readonly Member[];
}

interface Member {
  name: string;
  coordinates: boolean;
}

/** One member of an Olric cluster, asked over its own protocol where its port listens. */
export function collect(ask: Ask, { olric: { units, client, memberlist } }: Profile): AskedSection<Olric> {
  const { unit, place } = serverOf(ask, units, client);
  const gossip = placeOf(ask, memberlist);
  const greeting = ask.after(place, (to) => ask.exchange(to, 'PING\r\n', '\r\n'));
  const ready = ask.all([greeting], () => replies(greeting())() === 'PONG');
  const answer = ask.after(ready, () => ask.exchange(place(), QUESTIONS, END));
  const said = ask.all([answer], () => toldIn(answer()));
  const installed = ask.all(
    units.map((name) => ask.unit(name)),
    () => unit().name,
  );
  const log = ask.after(installed, (name) => ask.journal(name, 3600, 200));
  const here = () => anySign([() => present(unit), () => present(place) && isItself(said)], `no unit of Olric, and no Olric at ${client}`);

  return when<Olric>(here, {
    unit: () => unit().name,
    service_active: () => unit().unit.active_state === 'active',
    api: place,
    responsive: () => present(place) && works(said),
    memberlist_up: () => present(gossip),
    ...saidFields(said),
    process_mem_mb: () => Math.round(told(unit().unit.memory_bytes, 'its memory') / 2 ** 20),
    restart_count: () => told(unit().unit.n_restarts, 'its restarts'),
    ...logFields(log),
  });
}

function toldIn(text: string): Told {
  const next = replies(text);
  const stats = json(textOf(next()));
  const members = next();
  if (!Array.isArray(members)) throw unparsed('the members are no list');
  return { stats, members: members.map(memberOf) };
}

function memberOf(reply: Reply): Member {
  if (!Array.isArray(reply) || reply.length < 3) throw unparsed('a member is not told as name, birth and whether it coordinates');
  const [name, , coordinates] = reply as readonly Reply[];
  return { name: textOf(name ?? null), coordinates: coordinates === 'true' };
}

function textOf(reply: Reply): string {
  if (typeof reply !== 'string') throw unparsed('the answer holds no text where one was expected');
  return reply;
}

type ToldFields = 'member' | 'member_count' | 'members' | 'coordinator' | 'partitions' | 'entries' | 'uptime_seconds' | 'version';

function saidFields(said: Answer<Told>): Fields<Pick<Olric, ToldFields>> {
  const stats = (...path: string[]) => said().stats.at(...path);
  const names = once(() =>
    said()
      .members.map(({ name }) => name.slice(0, 260))
      .sort(),
  );
  return {
    member: () => stats('member', 'name').text,
    member_count: () => names().length,
    members: names,
    coordinator: () => coordinatorOf(said().members),
    partitions: () => stats('partitions').entries.length,
    entries: () => stats('dmaps', 'entries_total').count,
    uptime_seconds: () => stats('uptime_seconds').count,
    version: () => stats('release_version').text,
  };
}

function coordinatorOf(members: readonly Member[]): string {
  const found = members.find(({ coordinates }) => coordinates);
  if (found === undefined) throw absent('no member coordinates');
  return found.name.slice(0, 260);
}

/** Words of Olric's own log and of the memberlist in it, at their level or in their fixed sentences. */
const LINES = {
  log_errors_1h: /\[ERR(?:OR)?\]/,
  log_suspects_1h: /\bsuspect\b|\bmarking \S+ as (?:failed|dead)\b/i,
  log_flapping_1h: /\[INFO\] Node (?:joined|left): /,
} as const;

function logFields(log: Answer<JournalLine[]>): Fields<Pick<Olric, keyof typeof LINES>> {
  const count = (name: keyof typeof LINES) => () => log().filter(({ text }) => LINES[name].test(text)).length;
  return { log_errors_1h: count('log_errors_1h'), log_suspects_1h: count('log_suspects_1h'), log_flapping_1h: count('log_flapping_1h') };
}
