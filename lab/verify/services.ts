import { type Figure, lines, number, says, sorted, word } from './figure.ts';

/** Units that the node's own file names, and some of those that start with the machine. */
const NAMED = { services: ['shop-api', 'shop-worker', 'coredns', 'caddy'], others: ['cron', 'ssh', 'wg-quick@wg0'] };

function shown(unit: string, property: string): string {
  return `systemctl show --value -p ${property} ${unit}`;
}

/** What systemctl says of one unit. */
function unit(list: keyof typeof NAMED, name: string): Figure[] {
  const at = `services.${list}[name=${name}]`;
  return [
    { path: `${at}.active_state`, command: shown(name, 'ActiveState'), read: word },
    { path: `${at}.sub_state`, command: shown(name, 'SubState'), read: word },
    { path: `${at}.enabled`, command: `systemctl is-enabled ${name}`, read: says('enabled') },
    { path: `${at}.main_pid`, command: shown(name, 'MainPID'), read: number },
    { path: `${at}.n_restarts`, command: shown(name, 'NRestarts'), read: number },
    { path: `${at}.result`, command: shown(name, 'Result'), read: word },
    {
      path: `${at}.active_since_sec`,
      command: `echo $(( $(date +%s) - $(date -d "$(${shown(name, 'ActiveEnterTimestamp')})" +%s) ))`,
      read: number,
      within: 15,
    },
  ];
}

/** Units, as systemctl tells them. */
export const SERVICES: readonly Figure[] = [
  ...NAMED.services.flatMap((name) => unit('services', name)),
  ...NAMED.others.flatMap((name) => unit('others', name)),
  {
    path: 'services.failed_units',
    command: 'systemctl list-units --failed --no-legend --plain | cut -d " " -f 1',
    read: lines,
    as: sorted,
  },
];
