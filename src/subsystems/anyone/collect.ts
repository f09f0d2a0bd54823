import { type Ask, present } from '../../core/ask.ts';
import { anySign, placeOf, unitOf } from '../../core/presence.ts';
import type { Profile } from '../../core/profile.ts';
import { type AskedSection, when } from '../../core/section.ts';
import { absent, unparsed } from '../../core/unknown.ts';
import { askControl, bootstrapFrom, toldOf } from './control.ts';
import type { Anyone } from './section.ts';

/** An Anyone relay or client: its units, its ports, what it tells on its control port, and its files. Without a unit and without its folder nothing more is asked. */
export function collect(ask: Ask, { anyone: profile }: Profile): AskedSection<Anyone> {
  const relay = unitOf(ask, profile.relay_units);
  const client = unitOf(ask, profile.client_units);
  const folder = ask.stat(profile.data);
  const asked = [...profile.relay_units, ...profile.client_units].map((name) => ask.unit(name));
  const here = () => anySign([() => present(relay), () => present(client), () => present(folder)], 'no unit of Anyone, and not its folder');
  const found = ask.all([...asked, folder], () => {
    const sign = here();
    if (sign !== true) throw sign;
    return sign;
  });
  const [orport, socks, control] = [profile.orport, profile.socks, profile.control].map((to) =>
    ask.after(found, () => placeOf(ask, to)),
  ) as [Place, Place, Place];
  const told = askControl(ask, control, `${profile.data}/control_auth_cookie`);
  const bootstrap = ask.after(found, () => bootstrapFrom(ask, told, profile.log));
  const config = ask.after(found, () => ask.read(profile.config, configured));
  const fingerprint = ask.after(found, () => ask.read(`${profile.data}/fingerprint`, fingerprintOf));

  return when<Anyone>(here, {
    relay_active: () => relay().unit.active_state === 'active',
    client_active: () => client().unit.active_state === 'active',
    mode: () => modeOf([client, relay]),
    orport_listening: () => present(orport),
    socks_listening: () => present(socks),
    control_listening: () => present(control),
    bootstrapped: () => bootstrap().pct === 100,
    bootstrap_pct: () => bootstrap().pct,
    bootstrap_summary: () => bootstrap().summary,
    bootstrap_warning: () => bootstrap().warning,
    bootstrap_source: () => bootstrap().source,
    circuit_established: () => toldOf(told(), 'status/circuit-established') === '1',
    version: () => toldOf(told(), 'version').slice(0, 80),
    fingerprint: () => fingerprint().fingerprint,
    nickname: () => (present(fingerprint) ? fingerprint().nickname : config()),
  });
}

type Place = ReturnType<typeof placeOf>;

function modeOf([client, relay]: readonly [ReturnType<typeof unitOf>, ReturnType<typeof unitOf>]): string {
  const active = (unit: ReturnType<typeof unitOf>) => present(unit) && unit().unit.active_state === 'active';
  if (active(client)) return 'client';
  if (active(relay)) return 'relay';
  throw absent('neither the relay nor the client runs');
}

/** Its name in its configuration (`Nickname`, in any case of letters). */
function configured(text: string): string {
  const name = /^\s*nickname\s+(\w{1,19})\s*$/im.exec(text)?.[1];
  if (name === undefined) throw absent('no nickname is configured');
  return name;
}

/** `nickname HEX` in 40 digits, sometimes in groups. */
function fingerprintOf(text: string): { nickname: string; fingerprint: string } {
  const [, nickname, digits] = /^(\w{1,19}) ([0-9A-F]{4}(?: ?[0-9A-F]{4}){9})\s*$/i.exec(text) ?? [];
  if (nickname === undefined || digits === undefined) throw unparsed('the file holds no nickname and fingerprint');
  return { nickname, fingerprint: digits.replaceAll(' ', '').toUpperCase() };
}
