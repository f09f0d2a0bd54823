import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { clusterUnits, writeCluster } from '../cluster/write-cluster.ts';
import { gatewayOf } from '../gateway.ts';
import { hasAll } from '../kind.ts';
import type { LabHost, LabState } from '../state.ts';
import { writeLogin } from './login.ts';
import { writeMesh } from './mesh.ts';
import { writeNameServer } from './name-server.ts';
import { NODE_FILE, nodeFile } from './node-file.ts';
import { putUnder } from './put.ts';
import { writeShop } from './shop.ts';
import { writeWebServer } from './web-server.ts';

/** The lab's units that start with a host: name, and the file it is an instance of. */
const UNITS = [
  ['coredns.service', '/etc/systemd/system/coredns.service'],
  ['shop-api.service', '/etc/systemd/system/shop-api.service'],
  ['shop-worker.service', '/etc/systemd/system/shop-worker.service'],
  ['wg-quick@wg0.service', '/lib/systemd/system/wg-quick@.service'],
] as const;

/** Writes all that makes this root folder the given host of the lab. */
export function writeHost(root: string, host: LabHost, lab: LabState): void {
  const { range, hosts } = lab;
  const put = putUnder(root);
  // Its own: hosts that make it at their first boot all take the number of this machine, and would be clones of each other.
  put('/etc/machine-id', `${randomBytes(16).toString('hex')}\n`, 0o444);
  put('/etc/hostname', `${host.name}\n`);
  put('/etc/hosts', `127.0.0.1 localhost\n127.0.1.1 ${host.name}\n`);
  put('/etc/systemd/network/10-host0.network', networkText(host.address, range));
  writeLogin(root, host.name, put);
  writeMesh(host, hosts, put);
  writeNameServer(hosts, put);
  writeWebServer(root, put);
  writeShop(put);
  put(NODE_FILE, nodeFile(gatewayOf(lab), lab.kind));
  if (hasAll(lab.kind, 'cluster')) writeCluster(root, host, lab, put);
  // An instance of a template is a link to the template.
  for (const unit of clusterUnits(host, lab)) enable(root, `${unit}.service`, `/etc/systemd/system/${unit.replace(/@.*/, '@')}.service`);
  for (const [unit, file] of UNITS) enable(root, unit, file);
}

function networkText(address: string, range: string): string {
  const network = [`Address=${address}/24`, `Gateway=${range}.1`, 'LinkLocalAddressing=no', 'IPv6AcceptRA=no'];
  return ['[Match]', 'Name=host0', '[Network]', ...network, ''].join('\n');
}

function enable(root: string, unit: string, file: string): void {
  const wants = join(root, 'etc/systemd/system/multi-user.target.wants');
  mkdirSync(wants, { recursive: true });
  rmSync(join(wants, unit), { force: true });
  symlinkSync(file, join(wants, unit));
}
