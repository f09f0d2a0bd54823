import { existsSync, mkdirSync, mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepSample, readSample, samplePath } from '../../src/agent/sample-file.ts';

const sample = (uptime_s: number, boot_id = 'b1') => ({ boot_id, uptime_s, values: { cpu: [1, 2] } });
const place = () => join(mkdtempSync(join(tmpdir(), 'ward-sample-')), 'deep', 'sample.json');

describe('the sample file', () => {
  it('gives back what was kept and leaves no other file behind', () => {
    const path = place();
    keepSample(path, sample(10), null);
    expect(readSample(path)).toEqual(sample(10));
    expect(readdirSync(dirname(path))).toEqual(['sample.json']);
  });

  it('keeps an earlier sample that is too young to serve, so that quick reports still find one', () => {
    const path = place();
    keepSample(path, sample(10), null);
    keepSample(path, sample(10.4), sample(10));
    expect(readSample(path)).toEqual(sample(10));
    keepSample(path, sample(11.5), sample(10));
    expect(readSample(path)).toEqual(sample(11.5));
  });

  it('replaces a sample of an earlier boot at once', () => {
    const path = place();
    keepSample(path, sample(900, 'b0'), null);
    keepSample(path, sample(3), sample(900, 'b0'));
    expect(readSample(path)).toEqual(sample(3));
  });

  it('leaves the keeping to another report that is at it, and takes over what one left behind', () => {
    const path = place();
    keepSample(path, sample(10), null);
    writeFileSync(`${path}.new`, '{"boot_id":"b1","upt');
    keepSample(path, sample(20), sample(10));
    expect(readSample(path)).toEqual(sample(10));
    const long_ago_s = Date.now() / 1000 - 60;
    utimesSync(`${path}.new`, long_ago_s, long_ago_s);
    keepSample(path, sample(30), sample(10));
    expect(readSample(path)).toEqual(sample(30));
    expect(readdirSync(dirname(path))).toEqual(['sample.json']);
  });

  it('keeps the old one whole where there is no room for a new one', () => {
    const path = place();
    keepSample(path, sample(10), null);
    mkdirSync(`${path}.new`);
    keepSample(path, sample(20), sample(10));
    expect(readSample(path)).toEqual(sample(10));
  });

  it.each(['', '{', '[]', '{"boot_id":1}', 'null'])('takes %j for no sample', (text) => {
    const path = join(mkdtempSync(join(tmpdir(), 'ward-sample-')), 'sample.json');
    writeFileSync(path, text);
    expect(readSample(path)).toBeNull();
  });

  it('does without a folder that it may not write', () => {
    keepSample('/proc/ward/sample.json', sample(1), null);
    expect(existsSync('/proc/ward')).toBe(false);
  });

  it("is in the person's own folder unless one is named", () => {
    expect(samplePath({ WARD_STATE_DIR: '/x' })).toBe('/x/sample.json');
  });
});
