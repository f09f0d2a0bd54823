import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { userInfo } from 'node:os';
import type { Report } from '../../src/core/report.ts';
import { putProgram, type Sshd, startSshd } from '../fleet/sshd.ts';

/** Machines that answer over real ssh with reports made up by a test. */
export interface ServedFleet {
  /** The inventory to name with --config. */
  config: string;
  /** From now on this machine answers with this report; null: it never answers. */
  answer(name: string, report: Report | null): void;
  stop(): Promise<void>;
}

/** Each machine at an address of its own on loopback, all behind one sshd, whose `ward` prints the report that belongs to the address, as of now. */
export async function serveFleet(reports: Readonly<Record<string, Report | null>>): Promise<ServedFleet> {
  const names = Object.keys(reports);
  const addresses = names.map((_, at) => `127.0.2.${at + 1}`);
  const sshd = await startSshd({ addresses });
  putProgram(sshd, 'ward', `#!${process.execPath}\n${answering(sshd.folder)}`);
  if (process.getuid?.() !== 0) putProgram(sshd, 'sudo', '#!/bin/sh\nshift\nexec "$@"\n');
  const answer = (name: string, report: Report | null) =>
    writeFileSync(join(sshd.folder, `${addresses[names.indexOf(name)]}.json`), JSON.stringify(report));
  for (const [name, report] of Object.entries(reports)) answer(name, report);
  const config = join(sshd.folder, 'nodes.yaml');
  writeFileSync(config, inventory(sshd, names, addresses));
  return { config, answer, stop: () => sshd.stop() };
}

/** What stands in for ward on the machines: the report of the address that was called, framed. */
function answering(folder: string): string {
  return `
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const report = JSON.parse(readFileSync('${folder}/' + process.env.SSH_CONNECTION.split(' ')[2] + '.json', 'utf8'));
const now = new Date();
if (report !== null) report.timestamp = now.toISOString();
if (report?.system) report.system.time_unix = Math.round(now / 1000);
const payload = JSON.stringify(report);
const nonce = process.argv[process.argv.indexOf('--frame') + 1];
const digest = createHash('sha256').update(payload).digest('hex');
const session = process.ppid;
if (payload === 'null') setInterval(() => process.ppid === session || process.exit(), 100);
else process.stdout.write('\\nWARDROUND ' + nonce + ' ' + Buffer.byteLength(payload) + ' ' + digest + ' 0\\n' + payload + '\\nWARDROUND ' + nonce + ' end\\n');
`;
}

function inventory(sshd: Sshd, names: readonly string[], addresses: readonly string[]): string {
  const nodes = names.map(
    (name, at) =>
      `      ${name}: {address: ${addresses[at]}, port: ${sshd.port}, user: ${userInfo().username}, identity_file: ${sshd.identity}, known_hosts: ${sshd.knownHosts}}`,
  );
  return ['environments:', '  testnet:', '    nodes:', ...nodes, 'ssh: {keep_s: 0}', ''].join('\n');
}
