import { buildProject } from './build.mjs';
import { prepareLaunch, sandboxFlags } from './electron-path.mjs';
import { PROJECT_ROOT } from './places.mjs';
import { runCommand } from './run-command.mjs';
import { ensureSetup, runScript } from './setup.mjs';
import { SetUpError } from './setup/set-up-error.mjs';

/** `npm start -- [flags]`: sets up, builds and opens the station; the flags go to the station as they are. */
await runScript(async () => {
  const flags = process.argv.slice(2);
  await ensureSetup({ for: 'start' });
  if (await buildProject()) console.log('Built out/.');
  refuseWithoutDisplay(flags);
  const { executablePath, args, version } = prepareLaunch();
  const rootFlags = sandboxFlags();
  if (rootFlags.length > 0) {
    console.warn(
      'Warning: started as root, so Chromium runs without its sandbox. Work at a bench as an ordinary user.',
    );
  }
  console.log(`Opening the station (Electron ${version}) …`);
  const { status } = await runCommand(executablePath, [...args, ...rootFlags, ...flags], {
    cwd: PROJECT_ROOT,
    stdin: 'inherit',
  });
  process.exitCode = status;
});

function refuseWithoutDisplay(flags) {
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return;
  const command = ['npm start', ...(flags.length > 0 ? ['--', ...flags] : [])].join(' ');
  throw new SetUpError(
    'There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set).\n' +
      `On a machine without a screen give it a virtual one:\n  xvfb-run -a ${command}`,
  );
}
