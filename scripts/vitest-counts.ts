import { appendFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule, TestRunEndReason, TestSuite, Vitest } from 'vitest/node';

/**
 * Closes a run with one plain line. Each skipped test is named; with WARD_MAY_SKIP (parts of names, one a line) every other skipped one
 * counts as failed, so that a suite which its machine was made ready for cannot drop out unseen. The counts are appended to WARD_COUNTS.
 */
export default class Counts implements Reporter {
  #some = false;

  onInit({ config }: Vitest): void {
    this.#some = config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: TestRunEndReason): void {
    const { passed, failed, skipped } = tallied(modules);
    const required = process.env['WARD_MAY_SKIP'] === undefined || this.#some ? [] : skipped.filter((test) => !maySkip(nameOf(test)));
    const allFailed = failed + errors.length + required.length + (reason === 'interrupted' ? 1 : 0);
    if (!this.#some) for (const line of told(skipped, required)) console.log(line);
    if (required.length > 0) process.exitCode = 1;
    const counts = `${passed} passed, ${allFailed} failed, ${skipped.length - required.length} skipped`;
    console.log(`vitest: ${counts}`);
    if (process.env['WARD_COUNTS']) appendFileSync(process.env['WARD_COUNTS'], `${counts}\n`);
  }
}

/** A file that cannot be read, or a suite whose preparation fails, counts as one that failed. */
function tallied(modules: readonly TestModule[]): { passed: number; failed: number; skipped: TestCase[] } {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const holders = modules.flatMap((module) => [module, ...module.children.allSuites()]);
  const broken = holders.filter((holder) => holder.errors().length > 0).length;
  const ended = (state: string) => tests.filter((test) => test.result().state === state);
  return {
    passed: ended('passed').length,
    failed: ended('failed').length + broken,
    skipped: ended('skipped'),
  };
}

/** A line for each skipped test, or for a whole suite of which none ran. */
function told(skipped: readonly TestCase[], required: readonly TestCase[]): Set<string> {
  return new Set(skipped.map((test) => `${required.includes(test) ? 'skipped, but required here' : 'skipped'}: ${nameOf(wholeOf(test))}`));
}

function wholeOf(test: TestCase): TestCase | TestSuite {
  let whole: TestCase | TestSuite = test;
  while (whole.parent.type === 'suite' && [...whole.parent.children.allTests()].every((each) => each.result().state === 'skipped'))
    whole = whole.parent;
  return whole;
}

function nameOf(test: TestCase | TestSuite): string {
  return `${test.module.relativeModuleId}: ${test.fullName}`;
}

function maySkip(name: string): boolean {
  const parts = (process.env['WARD_MAY_SKIP'] ?? '').split('\n').filter((line) => line !== '');
  return parts.some((part) => name.includes(part));
}
