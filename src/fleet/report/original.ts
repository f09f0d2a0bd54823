import { isMap } from './fit.ts';
import {
  translateAnyone,
  translateGateway,
  translateIpfs,
  translateNamespace,
  translateOlric,
  translateRqlite,
} from './original-cluster.ts';
import {
  translateDns,
  translateNetwork,
  translateProcesses,
  translateServices,
  translateSystem,
  translateWireguard,
} from './original-sections.ts';

type Values = Record<string, unknown>;
type Translate = (section: Values, report: Values) => Values;

/** Where the original's section is not ours already. Fields that it does not have are left out: whoever fits them says so. */
const TRANSLATIONS: Readonly<Record<string, Translate>> = {
  system: translateSystem,
  services: translateServices,
  processes: translateProcesses,
  network: translateNetwork,
  wireguard: translateWireguard,
  dns: translateDns,
  rqlite: translateRqlite,
  olric: translateOlric,
  ipfs: translateIpfs,
  gateway: translateGateway,
  anyone: translateAnyone,
};

/** These are in each of its reports; null there is a collector that broke down. The others are left out where they are not installed. */
const ALWAYS: readonly string[] = ['system', 'services', 'network', 'processes'];
const OTHERS: readonly string[] = ['rqlite', 'olric', 'ipfs', 'gateway', 'wireguard', 'dns', 'anyone', 'namespaces'];

/** A report of the original `orama node report` in our own form. */
export function fromOriginal(report: Values): Values {
  const sections: Values = {};
  const states: Record<string, string> = {};
  const unknown: Values[] = [];
  for (const name of [...ALWAYS, ...OTHERS]) {
    const section = report[name] ?? null;
    sections[name] = translated(name, section, report);
    if (section !== null) continue;
    const absent = !ALWAYS.includes(name);
    states[name] = absent ? 'absent' : 'unknown';
    unknown.push({
      path: name,
      kind: absent ? 'absent' : 'failed',
      reason: absent ? 'its report does not have it' : 'its collector broke down',
    });
  }
  const kept = Object.fromEntries(Object.entries(report).filter(([key]) => !(key in sections)));
  return { ...kept, ...sections, profile: 'orama', states, unknown };
}

function translated(name: string, section: unknown, report: Values): unknown {
  if (name === 'namespaces' && Array.isArray(section))
    return section.map((each: unknown) => (isMap(each) ? translateNamespace(each) : each));
  return isMap(section) ? (TRANSLATIONS[name]?.(section, report) ?? section) : section;
}
