import { nearest } from '../../../core/nearest.ts';
import { EXIT, Refusal } from '../../../core/refusal.ts';
import type { View } from '../view.ts';

/** Views of the fleet as such; each loads when it is asked for. */
const OWN: Readonly<Record<string, () => Promise<View>>> = {
  cluster: async () => (await import('./cluster.ts')).cluster,
  node: async () => (await import('./node.ts')).node,
  alerts: async () => (await import('./alerts.ts')).alerts,
  report: async () => (await import('./report.ts')).report,
};

/** Names that the original gives to subsystems. */
const ALIASES: Readonly<Record<string, string>> = { service: 'services', mesh: 'wireguard' };

/** The view by its name: one of the fleet, or of any subsystem. Throws a Refusal that knows the nearest. */
export async function viewNamed(name: string): Promise<View> {
  return (await loaderOf(name))();
}

/** The same for whoever has something better to do first: it is known to be there, and not loaded yet. */
export async function loaderOf(name: string): Promise<() => Promise<View>> {
  const own = OWN[name];
  if (own !== undefined) return own;
  const wanted = ALIASES[name] ?? name;
  const { SUBSYSTEMS } = await import('../../../subsystems/all.gen.ts');
  const subsystem = SUBSYSTEMS.find((each) => each.name === wanted);
  if (subsystem !== undefined) return async () => (await import('./subsystem.ts')).subsystemView(subsystem);
  const names = await viewNames();
  const near = nearest(name, names);
  throw new Refusal(EXIT.usage, `monitor has no view "${name}"${near === null ? '' : `; nearest is ${near}`}`, {
    next: `There are: ${names.join(', ')}`,
  });
}

/** All that may stand behind `ward monitor`, subsystems by the name that people type. */
export async function viewNames(): Promise<string[]> {
  const { SUBSYSTEMS } = await import('../../../subsystems/all.gen.ts');
  const alias = (name: string) => Object.keys(ALIASES).find((each) => ALIASES[each] === name) ?? name;
  const subsystems = SUBSYSTEMS.map(({ name }) => alias(name));
  return [...Object.keys(OWN).slice(0, 2), ...subsystems, ...Object.keys(OWN).slice(2)];
}
