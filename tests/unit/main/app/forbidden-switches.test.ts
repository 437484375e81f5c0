import { describe, expect, it } from 'vitest';
import { forbiddenSwitches } from '../../../../main/app/forbidden-switches';

const given = (name: string): boolean => ['remote-debugging-port', 'no-sandbox', 'disable-web-security'].includes(name);

describe('switches that open a program', () => {
  it('are refused in a shipped program', () => {
    expect(forbiddenSwitches(given, { isPackaged: true, isTestBuild: false })).toEqual([
      'remote-debugging-port',
      'disable-web-security',
    ]);
  });

  it('are allowed in development and in builds made for tests', () => {
    expect(forbiddenSwitches(given, { isPackaged: false, isTestBuild: false })).toEqual([]);
    expect(forbiddenSwitches(given, { isPackaged: true, isTestBuild: true })).toEqual([]);
  });
});
