import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { stateFile } from '../places.ts';

/** 32 bytes in hexadecimal digits that all hosts of the lab share, made once a lab. */
export function sharedSecret(name: string): string {
  const path = stateFile(`secret-${name}`);
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600 });
  return readFileSync(path, 'utf8');
}
