import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PUBLISHED, publishedTexts } from '../../scripts/schemas/published.ts';
import { useWard, ward } from './run-ward.ts';

useWard();

const folder = new URL('../../docs/schemas/', import.meta.url).pathname;

describe('published schemas', () => {
  it('stand in docs/schemas as they are', () => {
    const stale = 'docs/schemas is not what scripts/schemas says; npm run docs writes it anew';
    expect(readdirSync(folder).sort(), stale).toEqual([...publishedTexts().keys()].sort());
    for (const [file, text] of publishedTexts()) expect(readFileSync(`${folder}${file}`, 'utf8'), stale).toBe(text);
  });

  it.each([
    [['node', 'report', '--json'], 'node-report'],
    [['rules', '--json'], 'rules'],
    [['config', 'check', '--json'], 'config-check'],
    [['monitor', 'cluster', '--json'], 'monitor-cluster'],
  ] as const)('describe what ward %j prints on this machine', async (words, name) => {
    const { exit, stdout } = await ward(words);
    expect(exit).toBe(0);
    const value: unknown = JSON.parse(stdout);
    expect(PUBLISHED[name].parse(value)).toEqual(value);
  });

  it('describe what stands on standard error when a command fails', async () => {
    const value: unknown = JSON.parse((await ward(['monitor', 'nothing', '--json'])).stderr);
    expect(PUBLISHED.error.parse(value)).toEqual(value);
  });
});
