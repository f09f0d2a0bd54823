import type { NodeConfig } from '../node-config.ts';
import { Secret } from '../secret.ts';
import { wrong } from './configuration.ts';
import { plainNode } from './empty.ts';
import { expandPath } from './expand-path.ts';
import { hostProblem, jumpProblem, nameProblem, pathProblem, userProblem } from './names.ts';
import { isPlaceholder } from './placeholder.ts';
import type { Surroundings } from './surroundings.ts';
import { type Field, entries, items, number, placeOf, text, type YamlFile } from './yaml-reader.ts';

const KEYS = ['address', 'port', 'user', 'role', 'tags', 'groups', 'identity_file', 'known_hosts', 'jump', 'password_env'] as const;

/** One entry under `nodes:`; without an address its name is the host, as ssh_config knows it. */
export function yamlNode(
  file: YamlFile,
  { name, environment, field }: { name: string; environment: string; field: Field },
  around: Surroundings & { folder: string },
): { node: NodeConfig; note: string | null } {
  const problem = nameProblem(name);
  if (problem !== null) throw wrong(placeOf(file, field.key), `the node's name ${problem}`);
  const given = entries(file, { ...field, what: `node ${name}` }, KEYS);
  const one = (key: (typeof KEYS)[number], check: (value: string) => string | null) => {
    const value = given.get(key);
    return value === undefined ? null : text(file, value, check);
  };
  const list = (key: 'tags' | 'groups') => {
    const value = given.get(key);
    return value === undefined ? [] : items(file, value).map((item) => text(file, item, labelProblem));
  };
  const path = (key: 'identity_file' | 'known_hosts') => {
    const value = one(key, pathProblem);
    return value === null ? null : expandPath(value, around);
  };
  const port = given.get('port');
  const address = one('address', hostProblem);
  if (address === null && hostProblem(name) !== null)
    throw wrong(placeOf(file, field.key), `node ${name} has no address, and its name ${hostProblem(name)}`);
  const { password, note } = passwordOf(file, given.get('password_env'), name, around.env);
  const node: NodeConfig = {
    ...plainNode(name, address ?? name),
    ...{ environment, port: port === undefined ? null : number(file, port, { least: 1, most: 65_535, whole: true }) },
    ...{ user: one('user', userProblem), role: one('role', labelProblem) ?? 'node', tags: list('tags'), groups: list('groups') },
    ...{ identity_file: path('identity_file'), known_hosts: path('known_hosts'), jump: one('jump', jumpProblem), password },
  };
  return { node, note };
}

function passwordOf(
  file: YamlFile,
  field: Field | undefined,
  name: string,
  env: NodeJS.ProcessEnv,
): { password: Secret | null; note: string | null } {
  if (field === undefined) return { password: null, note: null };
  const variable = text(file, field, (value) =>
    /^[A-Za-z_]\w{0,127}$/.test(value) ? null : 'must be the name of an environment variable',
  );
  const value = env[variable] ?? '';
  if (value === '') return { password: null, note: `${name}: ${variable} is not set, so it is asked with keys alone` };
  if (isPlaceholder(value))
    throw wrong(
      placeOf(file, field.value),
      `${variable}, the password of node ${name}, is only a placeholder`,
      'Set the true one; better, use a key.',
    );
  return { password: new Secret(value), note: `${name}: a password is in use; a key is the better way` };
}

function labelProblem(label: string): string | null {
  return /^[A-Za-z0-9][A-Za-z0-9._:/=-]{0,63}$/.test(label)
    ? null
    : 'must be up to 64 letters, digits and . _ : / = -, and begin with a letter or digit';
}
