import { appendFileSync } from 'node:fs';
import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node';

/**
 * Closes a run with one plain line. Each skipped test is named; with WARD_MAY_SKIP (patterns, one a line) every other skipped one counts
 * as failed, so that a suite which its machine was made ready for cannot drop out unseen. The counts go to the file WARD_COUNTS as well.
 */
export default class Counts implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: TestRunEndReason): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const named = (state: string) =>
      tests.filter((test) => test.result().state === state).map((test) => `${test.module.relativeModuleId}: ${test.fullName}`);
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const skipped = named('skipped');
    const missed = process.env['WARD_MAY_SKIP'] === undefined ? [] : skipped.filter((name) => !maySkip(name));
    const failed = named('failed').length + broken + errors.length + missed.length + (reason === 'interrupted' ? 1 : 0);
    for (const name of skipped) console.log(`${missed.includes(name) ? 'skipped, but required here' : 'skipped'}: ${name}`);
    if (missed.length > 0) process.exitCode = 1;
    const counts = `${named('passed').length} passed, ${failed} failed, ${skipped.length - missed.length} skipped`;
    console.log(`vitest: ${counts}`);
    if (process.env['WARD_COUNTS']) appendFileSync(process.env['WARD_COUNTS'], `${counts}\n`);
  }
}

function maySkip(name: string): boolean {
  const patterns = (process.env['WARD_MAY_SKIP'] ?? '').split('\n').filter((line) => line !== '');
  return patterns.some((pattern) => name.includes(pattern));
}
