import { describe, expect, it } from 'vitest';
import { readOutcome } from '../../../scripts/test/vitest-part.mjs';

const file = (
  status: string,
  ...tests: string[]
): { name: string; status: string; assertionResults: { status: string }[] } => ({
  name: 'a.test.ts',
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});
const outcome = (testResults: ReturnType<typeof file>[], status = 0): ReturnType<typeof readOutcome> =>
  readOutcome({ report: { testResults }, status, timedOut: false, limitMs: 60_000 });

describe('the outcome of a part of the tests', () => {
  it('counts what passed and what failed', () => {
    const result = outcome([file('passed', 'passed', 'passed'), file('failed', 'failed', 'passed')], 1);
    expect(result).toEqual({ passed: 3, failed: 1, skipped: 0, notes: [] });
  });

  it('counts a file that could not be loaded as a failure', () => {
    expect(outcome([file('passed', 'passed'), file('failed')], 1)).toMatchObject({ passed: 1, failed: 1 });
  });

  it('counts an error outside of any test as a failure', () => {
    expect(outcome([file('passed', 'passed')], 1)).toMatchObject({ passed: 1, failed: 1 });
  });

  it('fails when there are no tests', () => {
    expect(outcome([])).toMatchObject({ failed: 1, notes: ['no tests found'] });
  });

  it('tells of skipped tests', () => {
    expect(outcome([file('passed', 'passed', 'skipped', 'todo')])).toMatchObject({ passed: 1, failed: 0, skipped: 2 });
  });

  it('fails when the tests were ended by their time limit or left no report', () => {
    const result = readOutcome({ report: undefined, status: 128, timedOut: true, limitMs: 120_000 });
    expect(result).toMatchObject({ passed: 0, failed: 1 });
    expect(result.notes).toContain('ended after 2 minutes');
  });
});
