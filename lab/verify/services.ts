import { hasAll, type LabKind } from '../kind.ts';
import { type Figure, lines, number, says, sorted, word } from './figure.ts';

/** Units that profile or node's own file name, and some of those that start with the machine. */
interface Named {
  services: readonly string[];
  others: readonly string[];
}

const PLAIN: Named = { services: ['shop-api', 'shop-worker', 'coredns', 'caddy'], others: ['cron', 'ssh', 'wg-quick@wg0'] };

const CLUSTER: Named = {
  services: ['orama-node', 'orama-olric', 'coredns', 'caddy', 'wg-quick@wg0', 'shop-api', 'shop-worker'],
  others: ['cron', 'ssh', 'docker'],
};

function shown(unit: string, property: string): string {
  return `systemctl show --value -p ${property} ${unit}`;
}

/** What systemctl says of one unit. */
function unit(list: keyof Named, name: string): Figure[] {
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
      within: 40,
    },
  ];
}

/** Units, as systemctl tells them. */
export function servicesOf(kind: LabKind): readonly Figure[] {
  const { services, others } = hasAll(kind, 'cluster') ? CLUSTER : PLAIN;
  return [...services.flatMap((name) => unit('services', name)), ...others.flatMap((name) => unit('others', name)), FAILED];
}

const FAILED: Figure = {
  path: 'services.failed_units',
  command: 'systemctl list-units --failed --no-legend --plain | cut -d " " -f 1',
  read: lines,
  as: sorted,
};
