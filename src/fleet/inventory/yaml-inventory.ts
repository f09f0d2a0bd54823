import { dirname } from 'node:path';
import { LineCounter, type Node, parseDocument } from 'yaml';
import type { Inventory, NodeConfig, SshSettings } from '../node-config.ts';
import { jumpName } from '../reach.ts';
import { endpointsIn } from '../../agent/node-checks.ts';
import { wrong } from './configuration.ts';
import { plainNode, SSH_SETTINGS } from './empty.ts';
import { nameProblem } from './names.ts';
import { yamlNode } from './yaml-node.ts';
import { type Field, entries, number, placeOf, plainValue, text, type YamlFile } from './yaml-reader.ts';
import type { Surroundings } from './surroundings.ts';
import { yamlRules } from './yaml-rules.ts';

const MOST_NODES = 20_000;

/** Reads nodes.yaml; whatever is wrong in it is refused with its place, and nothing is passed by silently. */
export function yamlInventory(path: string, source: string, around: Surroundings): Inventory {
  if (countNodes(source) > MOST_NODES) throw tooMany(path);
  const file = parsed(path, source);
  const root: Field = { key: null, value: file.document.contents as Node | null, what: 'the file' };
  const top = entries(file, root, ['environments', 'rules', 'ssh']);
  const notes: string[] = [];
  const nodes = [...entries(file, top.get('environments') ?? { ...root, value: null, what: 'environments' }, null)].flatMap(
    ([name, field]) => environment(file, { name, field }, around, notes),
  );
  if (nodes.length > MOST_NODES) throw tooMany(path);
  const rules = top.get('rules');
  const ssh = top.get('ssh');
  return {
    path,
    format: 'yaml',
    nodes,
    settings: rules === undefined ? [] : yamlRules(file, rules),
    ssh: ssh === undefined ? SSH_SETTINGS : sshSettings(file, ssh),
    notes,
  };
}

function tooMany(path: string): Error {
  return wrong(
    path,
    `it has more than ${MOST_NODES.toLocaleString('en')} nodes, which is the limit`,
    'Split it into a file for each environment.',
  );
}

/** Keys right below a line `nodes:`, found without parsing and no further than the limit, so that a file of millions costs nothing. */
function countNodes(source: string): number {
  let count = 0;
  let inside = -1;
  let depth = -1;
  for (const { indent, text } of indentedLines(source)) {
    if (indent <= inside) inside = -1;
    if (inside === -1) {
      if (/^nodes: *$/.test(text)) [inside, depth] = [indent, -1];
      continue;
    }
    if (depth === -1) depth = indent;
    if (indent === depth) count += 1;
    if (count > MOST_NODES) return count;
  }
  return count;
}

function* indentedLines(source: string): Generator<{ indent: number; text: string }> {
  for (const [, blanks = '', text = ''] of source.matchAll(/^( *)([^\s#].*)$/gm)) yield { indent: blanks.length, text };
}

function parsed(path: string, source: string): YamlFile {
  const lines = new LineCounter();
  // Keys that are there twice are found while reading: the library's own look compares each with each.
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, stringKeys: true, uniqueKeys: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    const written = source.split('\n')[line - 1]?.trim().slice(0, 80) ?? '';
    throw wrong(`${path}:${line}:${col}`, `${error.message.replace(/\.$/, '')}: ${written}`);
  }
  return { path, lines, document };
}

function environment(file: YamlFile, { name, field }: { name: string; field: Field }, around: Surroundings, notes: string[]): NodeConfig[] {
  const problem = nameProblem(name);
  if (problem !== null) throw wrong(placeOf(file, field.key), `the environment's name ${problem}`);
  const given = entries(file, { ...field, what: `environment ${name}` }, ['nodes', 'checks']);
  const found = given.get('nodes') ?? { key: field.key, value: null };
  const places = new Map<string, { place: string; node: string }>();
  const where = new Map<string, string>();
  const nodes = [...entries(file, { ...found, what: 'node' }, null)].map(([each, value]) => {
    const { node, note } = yamlNode(file, { name: each, environment: name, field: value }, { ...around, folder: dirname(file.path) });
    if (note !== null) notes.push(note);
    const place = placeOf(file, value.key);
    const key = `${node.host} ${node.port ?? 22} ${jumpName(node) ?? ''}`;
    const twin = places.get(key);
    if (twin !== undefined)
      throw wrong(
        place,
        `${each} and ${twin.node} have the same address ${node.host}${node.port === null ? '' : ` port ${node.port}`}; the other is at ${twin.place}`,
      );
    places.set(key, { place, node: each });
    where.set(each, place);
    return node;
  });
  const checks = given.get('checks');
  return [...throughNodes(nodes, where), ...(checks === undefined ? [] : [placeToLookFrom(file, checks, name, where)])];
}

/** By which people know what is asked from the machine that ward runs on. */
const HERE = 'here';

/** This machine, for the endpoints that the environment has looked at from here. */
function placeToLookFrom(file: YamlFile, field: Field, environment: string, where: ReadonlyMap<string, string>): NodeConfig {
  const taken = where.get(HERE);
  if (taken !== undefined) throw wrong(taken, `no node can be called ${HERE} beside checks, which are made from there`);
  const endpoints = endpointsIn(plainValue(file, field));
  if (typeof endpoints === 'string') throw wrong(placeOf(file, field.value), endpoints.replace('KEY', field.what));
  return { ...plainNode(HERE, null), environment, checks: endpoints };
}

/** Jump hosts by the names of nodes of the same environment are those nodes. One that is reached through itself is refused with its place. */
function throughNodes(nodes: readonly NodeConfig[], where: ReadonlyMap<string, string>): NodeConfig[] {
  const named = new Map(nodes.map((node) => [node.name, node]));
  const resolved = (node: NodeConfig, after: readonly string[]): NodeConfig => {
    const next = typeof node.jump === 'string' ? named.get(node.jump) : undefined;
    if (next === undefined) return node;
    if (after.includes(next.name))
      throw wrong(where.get(next.name) ?? '', `${next.name} is reached through itself: ${[...after, next.name].join(' through ')}`);
    return { ...node, jump: resolved(next, [...after, next.name]) };
  };
  return nodes.map((node) => resolved(node, [node.name]));
}

const KEX = /^[A-Za-z0-9+^-][A-Za-z0-9@.,_+-]{0,500}$/;

function sshSettings(file: YamlFile, field: Field): SshSettings {
  const given = entries(file, { ...field, what: 'ssh' }, ['kex', 'connect_timeout_s', 'keep_s', 'at_once']);
  const within = (name: 'connect_timeout_s' | 'keep_s' | 'at_once', least: number, most: number) => {
    const value = given.get(name);
    return value === undefined ? SSH_SETTINGS[name] : number(file, value, { least, most, whole: true });
  };
  const kex = given.get('kex');
  return {
    kex:
      kex === undefined
        ? null
        : text(file, kex, (value) => (KEX.test(value) ? null : 'must be names of key exchanges, separated by commas')),
    connect_timeout_s: within('connect_timeout_s', 1, 60),
    keep_s: within('keep_s', 0, 3600),
    at_once: within('at_once', 1, 512),
  };
}
