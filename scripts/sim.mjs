import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildProject } from './build.mjs';
import { PROJECT_ROOT } from './places.mjs';
import { runCommand } from './run-command.mjs';
import { runScript } from './setup.mjs';
import { ensureNpmPackages } from './setup/npm-packages.mjs';
import { SetUpError } from './setup/set-up-error.mjs';

/**
 * `npm run sim -- [flags]`: the simulated platforms alone, as HTTP servers of this machine. They print their addresses
 * and their control endpoint as one JSON line and run until Ctrl+C. This script prints nothing on standard output.
 */
await runScript(async () => {
  await ensureNpmPackages(PROJECT_ROOT);
  await buildProject();
  const program = join(PROJECT_ROOT, 'out', 'main', 'simulators.cjs');
  if (!existsSync(program)) throw new SetUpError('The build has no simulators: main/simulators/index.ts is missing.');
  const { status } = await runCommand(process.execPath, [program, ...process.argv.slice(2)], { stdin: 'inherit' });
  process.exitCode = status;
});
