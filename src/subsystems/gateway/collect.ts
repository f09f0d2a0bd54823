import { type Ask, present } from '../../core/ask.ts';
import { type Json, json } from '../../core/json.ts';
import { anySign, serverOf, works } from '../../core/presence.ts';
import type { Profile } from '../../core/profile.ts';
import { type AskedSection, when } from '../../core/section.ts';
import { absent } from '../../core/unknown.ts';
import { claimTime, partsOf } from './claim.ts';
import type { Gateway } from './section.ts';

/** Orama's gateway by its own word. Its port is another program's on machines of another profile, so there only its unit is a sign of it. */
export function collect(ask: Ask, { name, gateway: { units, http, paths } }: Profile): AskedSection<Gateway> {
  const { unit, place } = serverOf(ask, units, http);
  const [better = '/health', older = better] = paths;
  const mayAsk = ask.all(
    units.map((each) => ask.unit(each)),
    () => name === 'orama' || unit().name !== '',
  );
  const at = ask.after(mayAsk, () => place);
  const first = ask.after(at, (to) => ask.http({ to: `http://${to}`, path: better }, (answer) => answer));
  const told = ask.after(first, ({ status }) =>
    status === 404 ? ask.http({ to: `http://${at()}`, path: older }, (answer) => answer) : first,
  );
  const clock = ask.clock();
  // An answer that says it is unwell is an answer all the same.
  const health = ask.all([told], () => json(told().body));
  const here = () =>
    anySign([() => present(unit), () => name === 'orama' && present(place)], 'no unit of a gateway, and nothing on its port');

  return when<Gateway>(here, {
    unit: () => unit().name,
    service_active: () => unit().unit.active_state === 'active',
    api: at,
    responsive: () => present(at) && works(told),
    http_status: () => told().status,
    version: () => wordOf(health(), 'version'),
    status: () => health().at('status').text.slice(0, 80),
    uptime: () => wordOf(health(), 'uptime'),
    subsystems: () => partsOf(health()),
    last_updated: () => claimTime(health()),
    // One that looks when it is asked has looked after the clock was read.
    claim_age_sec: () => Math.max(0, Math.round((clock().unix_ms - Date.parse(claimTime(health()))) / 100) / 10),
  });
}

/** A word on itself: newer gateways tell it at the top, older ones of their server, if at all. */
function wordOf(health: Json, name: string): string {
  const word = health.at(name).or(health.at('server', name));
  if (!word.given) throw absent(`this gateway does not tell its ${name}`);
  return word.text.slice(0, 80);
}
