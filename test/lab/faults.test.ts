import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectedOf } from '../../lab/check/expected.ts';
import { faultNamed, faultNames } from '../../lab/faults.ts';

describe.each(faultNames())('the fault %s', (name) => {
  it('says what it must raise, and docs/lab.md says the same', async () => {
    const { findings, exit } = expectedOf(name);
    const { about, host } = await faultNamed(name);
    const raised = [...findings].map((line) => `\`${line}\``).join('<br>');
    expect(readFileSync('docs/lab.md', 'utf8')).toContain(`| ${name} | ${host} | ${about} | ${raised} | ${exit} |\n`);
  });
});
