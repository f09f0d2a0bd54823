import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { profileFrom, readNodeFile } from '../../src/agent/node-file.ts';
import { PROFILES } from '../../src/core/profile.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'ward-node-file-'));

function written(text: string, mode = 0o644): string {
  const path = join(folder(), 'node.yaml');
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

describe('readNodeFile', () => {
  it('takes the default profile where there is no file, and has nothing to say', () => {
    expect(readNodeFile(join(folder(), 'node.yaml'))).toEqual({ profile: PROFILES.default, problems: [] });
  });

  it('adds what the file names to its profile', () => {
    const { profile, problems } = readNodeFile(
      written(
        'profile: orama\nexpect: [dns]\nunits: [shop-api, backup.timer]\nnetwork: {reach: "10.0.0.1:22", ports: [443, 53/udp], ufw: false}\ndns:\n  domains: [example.net]\n',
      ),
    );
    expect(problems).toEqual([]);
    expect(profile.name).toBe('orama');
    expect(profile.expect).toEqual([...PROFILES.orama.expect, 'dns']);
    expect(profile.services.units.slice(-2)).toEqual(['shop-api.service', 'backup.timer']);
    expect(profile.network).toEqual({
      ...PROFILES.orama.network,
      reach: '10.0.0.1:22',
      ports: [
        { port: 443, proto: 'tcp' },
        { port: 53, proto: 'udp' },
      ],
      ufw: false,
    });
    expect(profile.dns.domains).toEqual(['example.net']);
  });

  it('names the nearest key for one that it does not know, and takes the rest', () => {
    const { profile, problems } = profileFrom('unitz: [a]\nexpect: [dns]\n', 'node.yaml');
    expect(problems).toEqual(['node.yaml: unknown key "unitz"; nearest is "units"']);
    expect(profile.expect).toEqual(['dns']);
  });

  it.each([
    ['a syntax error', 'units: [a\n', 'node.yaml:1: a comma or ] is missing'],
    ['a unit that is an option', 'units: [--now]\n', 'node.yaml: units must be a list of names'],
    ['a unit with a shell word', 'units: ["$(reboot)"]\n', 'node.yaml: units must be a list of names'],
    ['a target without a port', 'network: {reach: example.net}\n', 'node.yaml: network.reach must be HOST:PORT'],
    ['a port that is none', 'network: {ports: [443, 70000]}\n', 'node.yaml: network.ports must be a list of ports such as 443 or 53/udp'],
    ['a word where yes or no belongs', 'network: {ufw: maybe}\n', 'node.yaml: network.ufw must be true or false'],
    ['a list where a map belongs', '- a\n', 'node.yaml: it holds no "key: value"'],
    ['a profile that is not there', 'profile: orma\n', 'node.yaml: profile is "orma"; there are default and orama'],
  ])('says what is wrong with %s', (_what, text, sentence) => {
    expect(profileFrom(text, 'node.yaml').problems.join()).toContain(sentence);
  });

  it('refuses a file that everybody may write', () => {
    expect(readNodeFile(written('profile: orama\n', 0o666)).problems.join()).toMatch(
      /everybody may write it \(mode 666\); mend it with: chmod o-w /,
    );
  });

  it('refuses a folder and a pipe without waiting for them', () => {
    const path = join(folder(), 'pipe');
    execFileSync('/usr/bin/mkfifo', [path]);
    expect(readNodeFile(path).problems.join()).toContain('not a regular file');
    const dir = join(folder(), 'dir');
    mkdirSync(dir);
    expect(readNodeFile(dir).problems.join()).toContain('not a regular file');
  });
});
