import { LabError, say } from '../run.ts';
import { hostNamed } from '../state.ts';
import { lookedAt } from '../verify/verify.ts';

/** Holds the report of a host against what its own programs say; the error names each field that differs. */
export function checkFields(name: string): void {
  const looked = lookedAt(hostNamed(name));
  const unequal = looked.filter(({ equal }) => !equal);
  if (unequal.length > 0)
    throw new LabError(
      unequal.map(({ path, ward, host }) => `${path} is ${JSON.stringify(ward)}, the host says ${JSON.stringify(host)}`).join('; '),
    );
  say(`${looked.length} fields of the report of ${name} are as its programs say`);
}
