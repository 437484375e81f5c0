import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Scripts of package.json that no row of a table in README.md names.
 * @param {string} root project folder
 * @returns {string[]} problems, one line each
 */
export function undocumentedScripts(root) {
  const readme = join(root, 'README.md');
  if (!existsSync(readme)) return ['README.md is missing'];
  const rows = readFileSync(readme, 'utf8')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('|'));
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.keys(scripts)
    .filter((name) => !rows.some((row) => commandsFor(name).some((command) => row.includes(command))))
    .map((name) => `README.md's command table does not mention npm run ${name}`);
}

function commandsFor(name) {
  const run = [`\`npm run ${name}\``, `\`npm run ${name} `];
  return name === 'start' || name === 'test' ? [...run, `\`npm ${name}\``, `\`npm ${name} `] : run;
}
