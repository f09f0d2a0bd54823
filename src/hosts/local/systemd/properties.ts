import type { Bus } from './bus.ts';
import type { BusValue } from './message.ts';

export const MANAGER = '/org/freedesktop/systemd1';
export const SYSTEMD = 'org.freedesktop.systemd1';

/** An object on the bus. */
export interface BusObject {
  bus: Bus;
  destination: string | null;
  path: string;
}

/** The value of a property; null where the object has no such property. */
export function propertyOf({ bus, destination, path }: BusObject, owner: string, property: string): Promise<BusValue | null> {
  return bus.call({ destination, path, interface: 'org.freedesktop.DBus.Properties', member: 'Get', args: [owner, property] }).then(
    ([value]) => value ?? null,
    (error: Error) => lacking(error),
  );
}

/** A kind or version of unit that lacks the property, or one that was unloaded meanwhile, has none; any other refusal is no answer. */
function lacking(error: Error): null {
  if (/^org\.freedesktop\.DBus\.Error\.Unknown(Property|Interface|Object|Method):/.test(error.message)) return null;
  throw error;
}

/** systemd writes "not set" as the largest number of 64 bits. */
const NOT_SET = 2n ** 64n - 1n;

/** The number in a value; null where systemd has set none. */
export function numberOf(value: BusValue | null | undefined): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'bigint' && value !== NOT_SET ? Number(value) : null;
}

/** A moment; null for systemd's zero, which is never. */
export function positive(value: number | null): number | null {
  return value === 0 ? null : value;
}
