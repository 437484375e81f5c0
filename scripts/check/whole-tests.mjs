import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listSourceFiles } from './source-files.mjs';

const NOT_WHOLE = [
  /\b(?:it|test|describe|suite|bench)\s*(?:\.\s*\w+\s*)*\.\s*(?:skip|only|todo|fails|skipIf|runIf)\b/,
  /\b(?:xit|xtest|xdescribe|fit|fdescribe)\s*\(/,
  /\b(?:context|ctx|task)\s*\.\s*skip\s*\(/,
];

/**
 * Tests that would not run, or that would keep others from running.
 * @param {string} root project folder
 * @returns {string[]} file and line of each
 */
export function skippedTests(root) {
  return listSourceFiles(root, ['tests'], /\.(?:[cm]?[jt]s|tsx)$/).flatMap((path) =>
    readFileSync(join(root, path), 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        NOT_WHOLE.some((pattern) => pattern.test(line)) ? [`${path}:${index + 1}: ${line.trim()}`] : [],
      ),
  );
}
