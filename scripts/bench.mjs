import { join } from 'node:path';
import { buildProject } from './build.mjs';
import { PROJECT_ROOT } from './places.mjs';
import { runCommand } from './run-command.mjs';
import { ensureSetup, runScript } from './setup.mjs';
import { virtualDisplay } from './virtual-display.mjs';

/** `npm run bench -- [--json FILE] [--quick]`: sets up, makes a test build and hands over to tests/bench/run.mjs. */
await runScript(async () => {
  await ensureSetup({ for: 'test' });
  await buildProject({ testBuild: true });
  const bench = join(PROJECT_ROOT, 'tests', 'bench', 'run.mjs');
  const [command, args] = virtualDisplay(process.execPath, [bench, ...process.argv.slice(2)]);
  const { status } = await runCommand(command, args, { cwd: process.cwd(), stdin: 'inherit' });
  process.exitCode = status;
});
